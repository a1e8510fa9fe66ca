package io.varve.command.ledger;

import io.varve.evidence.ledger.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of an import, in one transaction that has the ledger's scope. */
record ImportInsert(Connection connection, UUID tenant) {

  /** Held until the end, so that nobody else appends meanwhile. */
  private static final String LOCK =
      """
      select position, platform_id from ledger.head where one for update
      """;

  private static final String COUNTED =
      """
      select true from ledger.counter where tenant_id = ?
      """;

  /** As they were, but for their positions. */
  private static final String EVENTS =
      """
      insert into ledger.event (
        position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
        actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance)
      select cast(? as bigint) + e.number, e.tenant_id, e.number, e.stream, e.id, e.sequence, e.event_id, e.type, e.revision,
             e.at, e.actor_kind, e.actor_id, e.impersonator_kind, e.impersonator_id, e.request, e.payload::json,
             e.provenance::json
        from unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::integer[],
                    ?::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[])
               as e (tenant_id, number, stream, id, sequence, event_id, type, revision, at, actor_kind, actor_id,
                     impersonator_kind, impersonator_id, request, payload, provenance)
      """;

  private static final String CLAIM =
      """
      insert into ledger.claim (tenant_id, kind, value, holder_id, holder_tenant)
      select c.tenant_id, c.kind, c.value, c.holder_id, cast(? as uuid)
        from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as c (tenant_id, kind, value, holder_id)
      on conflict do nothing
      """;

  private static final String TAKEN =
      """
      select w.kind
        from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as w (tenant_id, kind, value, holder_id)
        join ledger.claim c on c.tenant_id = w.tenant_id and c.kind = w.kind and c.value = w.value
       where c.holder_tenant <> ? or c.holder_id <> w.holder_id
       limit 1
      """;

  private static final String COUNTER =
      """
      insert into ledger.counter (tenant_id, number, closed) values (?, ?, ?)
      """;

  /** Never back in time, for the ledger's clock does not run backwards. */
  private static final String HEAD =
      """
      with head as (
        update ledger.head set position = position + ?, at = greatest(at, ?) where one returning position
      )
      select pg_notify('varve_ledger', position::text) from head
      """;

  /** Where the ledger ends, and who its platform is. */
  record Head(long position, UUID platform) {}

  Head lock() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Head(row.getLong(1), row.getObject(2, UUID.class));
    }
  }

  /** Whether the tenant has events here. */
  boolean isThere() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNTED)) {
      statement.setObject(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * @param base after which position the tenant's first event comes
   */
  void events(long base, List<Envelope> events) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
      var columns = new Columns(statement, 1);
      columns.number(base);
      columns.uuids(events, Envelope::tenant);
      columns.longs(events, Envelope::number);
      columns.texts(events, Envelope::stream);
      columns.uuids(events, Envelope::id);
      columns.longs(events, Envelope::sequence);
      columns.uuids(events, Envelope::eventId);
      columns.texts(events, Envelope::type);
      columns.longs(events, Envelope::revision);
      columns.texts(events, event -> event.at().toString());
      columns.texts(events, Envelope::actorKind);
      columns.uuids(events, Envelope::actorId);
      columns.nullableTexts(events, Envelope::impersonatorKind);
      columns.nullableTexts(events, ImportInsert::impersonator);
      columns.nullableTexts(events, Envelope::request);
      columns.texts(events, event -> event.payload().text());
      columns.texts(events, event -> event.provenance().text());
      statement.executeUpdate();
    }
  }

  /**
   * Takes unique values.
   *
   * @return of which kind one is that another has; nothing if all are free
   */
  Optional<String> claim(List<PendingClaim> claims) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setObject(1, tenant);
      bind(new Columns(statement, 2), claims);
      if (statement.executeUpdate() == claims.size()) {
        return Optional.empty();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
      var columns = new Columns(statement, 1);
      bind(columns, claims);
      statement.setObject(columns.next(), tenant);
      try (ResultSet row = statement.executeQuery()) {
        return Optional.of(row.next() ? row.getString(1) : claims.getFirst().kind());
      }
    }
  }

  /**
   * Ends it: counted, at the head, and told to whoever follows.
   *
   * @param closed whether the tenant takes no more events
   */
  void end(long events, Instant last, boolean closed) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNTER)) {
      statement.setObject(1, tenant);
      statement.setLong(2, events);
      statement.setBoolean(3, closed);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      var columns = new Columns(statement, 1);
      columns.number(events);
      columns.instant(last);
      statement.execute();
    }
  }

  private static void bind(Columns columns, List<PendingClaim> claims) throws SQLException {
    columns.uuids(claims, PendingClaim::owner);
    columns.texts(claims, PendingClaim::kind);
    columns.texts(claims, PendingClaim::value);
    columns.uuids(claims, PendingClaim::holder);
  }

  private static @Nullable String impersonator(Envelope event) {
    UUID impersonator = event.impersonatorId();
    return impersonator == null ? null : impersonator.toString();
  }
}
