package io.varve.query;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.catalog.Streams;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Read models as a projection would leave them, and callers who ask. */
final class QueryFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  final TestDatabase test = TestDatabase.migrated();
  final Database database = new Database(test.login(), 4);
  final TestLedger ledger = new TestLedger(database);
  final QuerySide queries = new QuerySide(database, Clock.fixed(NOW, ZoneOffset.UTC), new byte[32]);
  private final AtomicLong ids = new AtomicLong();

  static Caller caller(UUID tenant) {
    return Caller.of(tenant, Actor.user(new UUID(1, 1)), EnumSet.allOf(Permission.class), Via.API);
  }

  /** Identifiers that rise as they are made, as those of the server do. */
  UUID id() {
    return new UUID(0x0197_0000_0000_7000L + (ids.incrementAndGet() << 16), 1L << 63);
  }

  UUID risk(UUID tenant, String title, int likelihood) {
    UUID id = id();
    put(tenant, stateOf(id, title, likelihood), 0);
    return id;
  }

  static Risk stateOf(UUID id, String title, int likelihood) {
    return new Risk(
        new RiskId(id),
        title,
        "",
        "cyber",
        null,
        likelihood,
        1,
        Treatment.ACCEPT,
        Risk.Status.OPEN,
        new TreeSet<>());
  }

  /** Writes a document and, of a risk, a score. */
  void put(UUID tenant, State state, long number) {
    write(
        tenant,
        """
        insert into read."%s" as d (tenant_id, id, sequence, number, position, created, at, doc)
        values (?, ?, 0, ?, 0, now(), now(), cast(? as jsonb))
            on conflict (tenant_id, id) do update set number = excluded.number, doc = excluded.doc
        """
            .formatted(Streams.of(state).name()),
        tenant,
        state.id().value(),
        number,
        Json.write(state));
    if (state instanceof Risk risk) {
      write(
          tenant,
          """
          insert into read.risk_posture as p
          values (?, ?, ?, 1, ?, 0, 0, null, 0, ?, 'low')
              on conflict (tenant_id, id) do update set current = excluded.current
          """,
          tenant,
          risk.id().value(),
          risk.likelihood(),
          4 * risk.likelihood(),
          4 * risk.likelihood());
    }
  }

  void write(UUID tenant, String sql, Object... values) {
    database.transact(
        Scope.projector(List.of(tenant)),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
          }
        });
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  public void close() {
    database.close();
    test.close();
  }
}
