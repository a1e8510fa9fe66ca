package io.varve.postgres.ledger;

import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldScope;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The legal holds that stand, and what they cover: as the ledger has it when it is asked, never
 * from memory and never from a read model.
 *
 * <p>An event is about a person who did it, as whom or by whom it was done, whose stream it is of,
 * or of whom it carries personal text.
 */
public final class Holds {

  private static final String STANDING =
      """
      select holder_id from ledger.claim where tenant_id = ? and kind = 'hold.standing' order by holder_id
      """;

  /** Some thousand events at a time, so that no ledger is too long for a statement's time limit. */
  private static final String ANY =
      """
      with asked as (
        select cast(? as text[]) as streams, cast(? as uuid[]) as ids, cast(? as uuid[]) as subjects,
               cast(? as timestamptz) as begins, cast(? as timestamptz) as ends, cast(? as uuid) as person
      )
      select true
        from asked a, ledger.event e
       where e.tenant_id = ? and e.number > ? and e.number <= ?
         and (cardinality(a.streams) = 0 or e.stream = any (a.streams))
         and (cardinality(a.ids) = 0 or e.id = any (a.ids))
         and (a.begins is null or e.at >= a.begins)
         and (a.ends is null or e.at < a.ends)
         and (e.actor_id = a.person or e.impersonator_id = a.person or e.id = a.person
              or strpos(e.payload::text, 'personal:1:' || a.person || ':') > 0
              or strpos(e.provenance::text, 'personal:1:' || a.person || ':') > 0)
         and (cardinality(a.subjects) = 0
              or exists (
                select from unnest(a.subjects) s
                 where e.actor_id = s or e.impersonator_id = s or e.id = s
                    or strpos(e.payload::text, 'personal:1:' || s || ':') > 0
                    or strpos(e.provenance::text, 'personal:1:' || s || ':') > 0))
       limit 1
      """;

  private final Database database;
  private final LedgerReader ledger;

  public Holds(Database database) {
    this.database = database;
    this.ledger = new LedgerReader(database);
  }

  /** Those that stand in a tenant, the oldest first. */
  public List<Hold> standing(UUID tenant) {
    return database
        .query(
            Scope.command(tenant),
            STANDING,
            (statement, first) -> statement.setObject(first, tenant),
            row -> row.getObject(1, UUID.class))
        .stream()
        .flatMap(id -> state(tenant, id).stream())
        .filter(Hold::stands)
        .toList();
  }

  /**
   * Those that keep anything about a person: because they keep everything about the person, or
   * because an event that they keep is about the person.
   */
  public List<Hold> covering(UUID tenant, UUID subject) {
    return standing(tenant).stream()
        .filter(hold -> hold.names(subject) || keepsAnything(hold.scope(), tenant, subject))
        .toList();
  }

  /** Whether a hold keeps an event of its tenant. */
  public static boolean covers(Hold hold, StoredEvent event) {
    HoldScope scope = hold.scope();
    return scope.wholeTenant()
        || hold.custodians().stream().anyMatch(custodian -> isAbout(event, custodian.value()))
        || (scope.selects()
            && lets(scope.streams(), event.stream())
            && lets(scope.ids(), event.id())
            && (scope.from() == null || !event.at().isBefore(scope.from()))
            && (scope.to() == null || event.at().isBefore(scope.to()))
            && (scope.subjects().isEmpty()
                || scope.subjects().stream().anyMatch(subject -> isAbout(event, subject))));
  }

  private Optional<Hold> state(UUID tenant, UUID id) {
    return ledger.state(Scope.command(tenant), Hold.STREAM, tenant, id);
  }

  private boolean keepsAnything(HoldScope scope, UUID tenant, UUID person) {
    return scope.selects()
        && NumberRange.all(database, tenant).stream()
            .anyMatch(range -> keepsAnything(scope, tenant, person, range));
  }

  private boolean keepsAnything(HoldScope scope, UUID tenant, UUID person, NumberRange range) {
    return database
        .queryOne(
            Scope.command(tenant),
            ANY,
            (statement, first) -> {
              bind(statement, first, scope);
              statement.setObject(first + 5, person);
              statement.setObject(first + 6, tenant);
              statement.setLong(first + 7, range.after());
              statement.setLong(first + 8, range.to());
            },
            row -> true)
        .isPresent();
  }

  private static void bind(PreparedStatement statement, int first, HoldScope scope)
      throws SQLException {
    var connection = statement.getConnection();
    statement.setArray(first, connection.createArrayOf("text", scope.streams().toArray()));
    statement.setArray(first + 1, connection.createArrayOf("uuid", scope.ids().toArray()));
    statement.setArray(first + 2, connection.createArrayOf("uuid", scope.subjects().toArray()));
    statement.setObject(first + 3, utc(scope.from()));
    statement.setObject(first + 4, utc(scope.to()));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  private static boolean isAbout(StoredEvent event, UUID person) {
    Provenance provenance = event.provenance();
    String text = "personal:1:" + person + ":";
    return event.id().equals(person)
        || Stream.of(
                Optional.of(provenance.actor()), Optional.ofNullable(provenance.impersonator()))
            .flatMap(Optional::stream)
            .map(Actor::id)
            .anyMatch(person::equals)
        || event.payloadJson().contains(text)
        || event.provenanceJson().contains(text);
  }

  private static <T> boolean lets(Collection<T> some, T one) {
    return some.isEmpty() || Set.copyOf(some).contains(one);
  }
}
