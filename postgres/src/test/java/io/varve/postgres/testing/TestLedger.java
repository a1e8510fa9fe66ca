package io.varve.postgres.testing;

import io.varve.events.Json;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.diff.Diff;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.postgres.Columns;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Appends to the ledger as its writer does, for tests of what reads it. No rule is asked. */
public final class TestLedger {

  /** Who appends here. */
  public static final Actor ACTOR = Actor.user(new UUID(7, 7));

  private static final Provenance PROVENANCE =
      new Provenance(ACTOR, null, Via.SYSTEM, null, null, null, null, new Diff(List.of()));

  private static final String RAISE =
      """
      update ledger.head set position = position + ?, at = greatest(at, ?) returning position - ?
      """;

  private static final String COUNT =
      """
      insert into ledger.counter as c (tenant_id, number) values (?, ?)
          on conflict (tenant_id) do update set number = c.number + excluded.number
      returning number - ?
      """;

  private static final String INSERT =
      """
      insert into ledger.event (
        position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
        actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance)
      select e.position, e.tenant_id, e.number, e.stream, e.id, e.sequence, uuidv7(), e.type, e.revision, ?,
             e.provenance #>> '{actor,kind}', cast(e.provenance #>> '{actor,id}' as uuid),
             e.provenance #>> '{impersonator,kind}', cast(e.provenance #>> '{impersonator,id}' as uuid),
             e.provenance ->> 'request', cast(e.payload as json), e.provenance
        from unnest(?, cast(? as uuid[]), ?, ?, cast(? as uuid[]), ?, ?, ?, ?, cast(? as json[]))
          as e (position, tenant_id, number, stream, id, sequence, type, revision, payload, provenance)
      """;

  private static final String NOTIFY =
      """
      select pg_notify('varve_ledger', ?)
      """;

  /** An event for a stream, at a sequence. */
  public record Fact(
      UUID tenant, UUID id, long sequence, TenantEvent event, Provenance provenance) {

    /** One of which nobody asks where it comes from. */
    public Fact(UUID tenant, UUID id, long sequence, TenantEvent event) {
      this(tenant, id, sequence, event, PROVENANCE);
    }
  }

  private record Row(Fact fact, long position, long number) {}

  private final Database database;

  public TestLedger(Database database) {
    this.database = database;
  }

  public void append(Fact... facts) {
    append(List.of(facts), Instant.now());
  }

  /**
   * Appends all in one transaction, as one group.
   *
   * @return how many
   */
  public int append(List<Fact> facts, Instant at) {
    return database.transact(
        Scope.ledger(),
        connection -> {
          insert(connection, facts, Timestamp.from(at));
          return facts.size();
        });
  }

  private static void insert(Connection connection, List<Fact> facts, Timestamp at)
      throws SQLException {
    long base = one(connection, RAISE, (long) facts.size(), at, (long) facts.size());
    var counts = new HashMap<UUID, Long>();
    facts.forEach(fact -> counts.merge(fact.tenant(), 1L, Long::sum));
    var numbers = new HashMap<UUID, Long>();
    for (Map.Entry<UUID, Long> count : counts.entrySet()) {
      numbers.put(
          count.getKey(),
          one(connection, COUNT, count.getKey(), count.getValue(), count.getValue()));
    }
    var rows = new ArrayList<Row>();
    for (Fact fact : facts) {
      rows.add(new Row(fact, base + rows.size() + 1, numbers.merge(fact.tenant(), 1L, Long::sum)));
    }
    EventTypes types = EventTypes.catalog();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setTimestamp(1, at);
      new Columns<>(statement, rows, 2)
          .number(Row::position)
          .text(row -> row.fact().tenant())
          .number(Row::number)
          .text(row -> types.streamOf(row.fact().event()).name())
          .text(row -> row.fact().id())
          .number(row -> row.fact().sequence())
          .text(row -> types.storedTypeOf(row.fact().event()).name())
          .number(row -> types.storedTypeOf(row.fact().event()).revision())
          .text(row -> Json.write(row.fact().event()))
          .text(row -> Json.write(row.fact().provenance()));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
      statement.setString(1, Long.toString(base + facts.size()));
      statement.execute();
    }
  }

  private static long one(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
