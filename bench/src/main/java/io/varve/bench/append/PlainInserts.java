package io.varve.bench.append;

import io.varve.bench.Callers;
import io.varve.bench.Server;
import io.varve.bench.append.Workload.Streams;
import io.varve.events.access.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The peer: the rows that our commands lead to, each inserted in a transaction of its own into a
 * table of the same shape with the same indexes, without row-level security, trigger or rules.
 */
final class PlainInserts implements AutoCloseable {

  static final int CONNECTIONS = 32;

  private static final String INSERT =
      """
      insert into peer.event (
        position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
        actor_kind, actor_id, request, payload, provenance)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)
      """;

  private static final String SAMPLE =
      """
      select type, payload, provenance from ledger.event where type = ? order by position desc limit 1
      """;

  /** Above every position and number of rows that are copied. */
  private static final long FIRST = 1L << 40;

  private final Server server;
  private final Workload workload;
  private final List<Connection> connections = new ArrayList<>();
  private final AtomicLong positions = new AtomicLong(FIRST);
  private final Map<UUID, AtomicLong> numbers = new ConcurrentHashMap<>();

  /** What such a row holds beside its keys; read from a row that our side wrote. */
  record Sample(String type, String payload, String provenance) {}

  PlainInserts(Server server, Workload workload) throws SQLException {
    this.server = server;
    this.workload = workload;
    server.execute(
        "create schema if not exists peer",
        "create table if not exists peer.event (like ledger.event including all)",
        "truncate peer.event");
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(server.connect());
    }
  }

  /**
   * @throws IllegalStateException if our side has not written such a row yet
   */
  Sample sample(String type) throws SQLException {
    try (PreparedStatement statement = connections.getFirst().prepareStatement(SAMPLE)) {
      statement.setString(1, type);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no row of type " + type);
        }
        return new Sample(row.getString(1), row.getString(2), row.getString(3));
      }
    }
  }

  /** Gives this table the rows of the ledger, so that its indexes are as large. */
  void copy() throws SQLException {
    server.execute("insert into peer.event select * from ledger.event");
  }

  double createNew(Sample sample, Duration time) throws Exception {
    return Callers.platform(
        CONNECTIONS,
        time,
        i -> {
          PreparedStatement statement = connections.get(i).prepareStatement(INSERT);
          return () -> insert(statement, workload.anyone(), Workload.IDS.generate(), 0, sample);
        });
  }

  double changeExisting(Streams streams, Sample sample, Duration time) throws Exception {
    return Callers.platform(
        CONNECTIONS,
        time,
        i -> {
          PreparedStatement statement = connections.get(i).prepareStatement(INSERT);
          return () -> {
            int stream = streams.any();
            UUID id = streams.id(stream).value();
            insert(statement, streams.owner(stream), id, streams.next(stream), sample);
          };
        });
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private void insert(
      PreparedStatement statement, Caller caller, UUID id, long sequence, Sample sample)
      throws SQLException {
    statement.setLong(1, positions.incrementAndGet());
    statement.setObject(2, caller.tenant());
    statement.setLong(
        3, numbers.computeIfAbsent(caller.tenant(), t -> new AtomicLong(FIRST)).incrementAndGet());
    statement.setString(4, "risk");
    statement.setObject(5, id);
    statement.setLong(6, sequence);
    statement.setObject(7, Workload.IDS.generate());
    statement.setString(8, sample.type());
    statement.setInt(9, 1);
    statement.setObject(10, OffsetDateTime.now(ZoneOffset.UTC));
    statement.setString(11, "user");
    statement.setObject(12, caller.actor().id());
    statement.setString(13, caller.request());
    statement.setString(14, sample.payload());
    statement.setString(15, sample.provenance());
    statement.executeUpdate();
  }
}
