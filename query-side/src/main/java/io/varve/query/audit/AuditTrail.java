package io.varve.query.audit;

import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.query.Cursors;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Searches a tenant's ledger. An index says where to look; what it does not hold yet is looked
 * through, and whatever it says is held against the events themselves, so that the trail is neither
 * late nor wrong whether the index is new, behind or stopped.
 */
public final class AuditTrail {

  public static final Permission PERMISSION = Permission.AUDIT_READ;

  /** How many events {@link #following} looks through at once. */
  static final int STEP = 256;

  private final TrailLedger ledger;
  private final TrailIndex index;
  private final Cursors cursors;

  /**
   * What follows a number.
   *
   * @param entries oldest first
   * @param upTo the last number that was looked at; all that are wanted up to it are here
   * @param more whether there is more after it already
   */
  public record Following(List<AuditEntry> entries, long upTo, boolean more) {}

  /** Where a page begins, and what the first page knew. */
  private record Place(long last, Total total) {

    List<String> values() {
      return List.of(
          Long.toString(last), Long.toString(total.count()), Boolean.toString(total.isExact()));
    }

    static Place of(List<String> values) {
      return new Place(
          Long.parseLong(values.get(0)),
          new Total(Long.parseLong(values.get(1)), Boolean.parseBoolean(values.get(2))));
    }
  }

  public AuditTrail(Database database, Cursors cursors) {
    this.ledger = new TrailLedger(database);
    this.index = new TrailIndex(database);
    this.cursors = cursors;
  }

  /**
   * A page of the trail. An event never changes, and a later one has a higher number: paging skips
   * and repeats nothing.
   *
   * @throws io.varve.events.rule.InvalidException if the filter, the limit or the cursor is none of
   *     this search
   * @throws io.varve.events.access.ForbiddenException if the caller may not read the trail
   */
  public AuditPage<AuditEntry> search(Caller caller, AuditQuery query) {
    caller.require(PERMISSION);
    var rules = new Rules().range("/limit", query.limit(), 1, AuditQuery.MAX_LIMIT);
    query.filter().check(rules);
    rules.enforce();
    UUID tenant = caller.tenant();
    String question = Json.write(List.of("audit", query.filter(), query.newestFirst()));
    @Nullable Place place =
        query.cursor() == null ? null : Place.of(cursors.read(tenant, question, query.cursor(), 3));
    TrailLedger.Extent extent = ledger.extent(tenant);
    Numbers all = ledger.within(tenant, new Numbers(1, extent.head() + 1), query.filter());
    Numbers rest = place == null ? all : all.beyond(place.last(), query.newestFirst());
    var look = new Look(ledger, index, tenant, query.filter(), query.newestFirst());
    Look.Seen seen = look.at(rest, extent.indexed(), query.limit() + 1);
    Total total = place == null ? seen.total() : place.total();
    boolean more = seen.entries().size() > query.limit();
    List<AuditEntry> shown = more ? seen.entries().subList(0, query.limit()) : seen.entries();
    @Nullable Long last = more ? (Long) shown.getLast().number() : seen.stoppedAt();
    String next =
        last == null ? null : cursors.write(tenant, question, new Place(last, total).values());
    return new AuditPage<>(shown, next, total.count(), total.isExact());
  }

  /**
   * The next events after a number, of whatever time, if any are there by now.
   *
   * @throws io.varve.events.rule.InvalidException if the filter breaks a rule
   * @throws io.varve.events.access.ForbiddenException if the caller may not read the trail
   */
  public Following following(Caller caller, AuditFilter filter, long after) {
    caller.require(PERMISSION);
    long head = head(caller);
    Numbers step = new Numbers(1, head + 1).after(after).first(STEP, false);
    if (step.isEmpty()) {
      return new Following(List.of(), after, false);
    }
    return new Following(
        ledger.search(caller.tenant(), filter, step, false, STEP),
        step.to() - 1,
        step.to() <= head);
  }

  /**
   * The number of the tenant's last event; 0 for none.
   *
   * @throws io.varve.events.access.ForbiddenException if the caller may not read the trail
   */
  public long head(Caller caller) {
    caller.require(PERMISSION);
    return ledger.extent(caller.tenant()).head();
  }
}
