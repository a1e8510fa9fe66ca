package io.varve.events.hold;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.hold.HoldEvent.HoldExtended;
import io.varve.events.hold.HoldEvent.HoldPlaced;
import io.varve.events.hold.HoldEvent.HoldReleaseAsked;
import io.varve.events.hold.HoldEvent.HoldReleaseWithdrawn;
import io.varve.events.hold.HoldEvent.HoldReleased;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for a matter. While it stands nothing that it covers is erased, purged or expired,
 * and the tenant is not retired.
 *
 * @param matter the matter's number, in the words of whoever keeps the file
 * @param custodians users, everything about whom is kept
 * @param extended who has widened it last, and why; null if nobody has
 * @param asked who has asked for the release, and why; null if nobody has
 * @param released who has released it, and why; null while it stands
 */
public record Hold(
    HoldId id,
    String matter,
    String reason,
    SortedSet<UserId> custodians,
    HoldScope scope,
    UserId placedBy,
    @Nullable Say extended,
    @Nullable Say asked,
    @Nullable Say released)
    implements State {

  public static final StreamDefinition<Hold, HoldEvent> STREAM =
      new StreamDefinition<>("hold", Hold.class, HoldEvent.class, Hold::evolve);

  public static final int MAX_MATTER = 100;
  public static final int MAX_REASON = 500;
  public static final int MAX_CUSTODIANS = 200;

  /**
   * The kind of the value that every standing hold has in its tenant: its id and its matter. The
   * ledger refuses to close a tenant that has one.
   */
  public static final String STANDING = "hold.standing";

  /** The kind of the value that a standing hold on the whole tenant has besides: its id. */
  public static final String WHOLE_TENANT = "hold.whole-tenant";

  /** How far it is from its release. */
  public enum Status {
    STANDING,
    /** It still stands. */
    RELEASE_ASKED,
    RELEASED
  }

  /** Somebody's word, and why. */
  public record Say(UserId by, String reason) {}

  public Hold {
    custodians = Collections.unmodifiableSortedSet(new TreeSet<>(custodians));
  }

  static Hold evolve(@Nullable Hold hold, HoldEvent event) {
    if (event instanceof HoldPlaced e) {
      return new Hold(
          e.id(),
          e.matter(),
          e.reason(),
          e.custodians(),
          e.scope(),
          e.placedBy(),
          null,
          null,
          null);
    }
    Hold was = requireNonNull(hold);
    return switch (event) {
      case HoldPlaced e -> throw new IllegalStateException("a hold is placed once");
      case HoldExtended e -> was.keeping(e.custodians(), e.scope(), e.extended());
      case HoldReleaseAsked e -> was.standing(e.asked(), was.released);
      case HoldReleaseWithdrawn e -> was.standing(null, was.released);
      case HoldReleased e -> was.standing(was.asked, e.released());
    };
  }

  public Status status() {
    if (released != null) {
      return Status.RELEASED;
    }
    return asked == null ? Status.STANDING : Status.RELEASE_ASKED;
  }

  /** Whether it still keeps anything. */
  public boolean stands() {
    return released == null;
  }

  /** Whether it keeps everything about a person, whatever that is. */
  public boolean names(UUID subject) {
    return scope.wholeTenant()
        || scope.subjects().contains(subject)
        || custodians.contains(new UserId(subject));
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/matter", matter, MAX_MATTER)
        .line("/reason", reason, MAX_REASON)
        .size("/custodians", custodians, MAX_CUSTODIANS)
        .hold(
            scope.wholeTenant() || scope.selects() || !custodians.isEmpty(),
            "/scope",
            "empty",
            "must say what is kept: the whole tenant, a part of it, or what is about custodians");
    scope.check(rules);
    check(rules, "/extended/reason", extended);
    check(rules, "/asked/reason", asked);
    check(rules, "/released/reason", released);
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    var values = new HashSet<UniqueValue>();
    if (stands()) {
      values.add(UniqueValue.inTenant(STANDING, id.value() + " " + matter, "/matter"));
      if (scope.wholeTenant()) {
        values.add(UniqueValue.inTenant(WHOLE_TENANT, id.value().toString(), "/scope/wholeTenant"));
      }
    }
    return values;
  }

  private static void check(Rules rules, String pointer, @Nullable Say say) {
    if (say != null) {
      rules.line(pointer, say.reason(), MAX_REASON);
    }
  }

  private Hold keeping(SortedSet<UserId> custodians, HoldScope scope, Say extended) {
    return new Hold(id, matter, reason, custodians, scope, placedBy, extended, asked, released);
  }

  private Hold standing(@Nullable Say asked, @Nullable Say released) {
    return new Hold(id, matter, reason, custodians, scope, placedBy, extended, asked, released);
  }
}
