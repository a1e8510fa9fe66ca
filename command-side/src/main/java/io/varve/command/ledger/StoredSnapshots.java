package io.varve.command.ledger;

import io.varve.command.stream.Snapshot;
import io.varve.command.stream.Snapshots;
import io.varve.command.stream.StreamKey;
import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.catalog.Streams;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.util.Optional;

/** Snapshots in {@code ops.snapshot}: at most one for a stream, the latest. */
public final class StoredSnapshots implements Snapshots {

  private static final String KEEP =
      """
      insert into ops.snapshot as s (tenant_id, id, sequence, stream, revision, state)
      values (?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, id) do update
         set sequence = excluded.sequence, revision = excluded.revision, state = excluded.state
       where s.revision <> excluded.revision or s.sequence < excluded.sequence
      """;

  private static final String FIND =
      """
      select stream, revision, sequence, state from ops.snapshot where tenant_id = ? and id = ?
      """;

  private final Database database;

  public StoredSnapshots(Database database) {
    this.database = database;
  }

  @Override
  public void keep(StreamKey key, String stream, int foldRevision, Snapshot snapshot) {
    database.transact(
        Scope.command(key.tenant()),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setObject(1, key.tenant());
            statement.setObject(2, key.id());
            statement.setLong(3, snapshot.sequence());
            statement.setString(4, stream);
            statement.setInt(5, foldRevision);
            statement.setString(6, Json.write(snapshot.state()));
            return statement.executeUpdate();
          }
        });
  }

  /** The latest snapshot of a stream that today's fold made. */
  Optional<Snapshot> find(Scope scope, StreamKey key) {
    return database
        .queryOne(
            scope,
            FIND,
            (statement, first) -> {
              statement.setObject(first, key.tenant());
              statement.setObject(first + 1, key.id());
            },
            row -> new Row(row.getString(1), row.getInt(2), row.getLong(3), row.getString(4)))
        .flatMap(Row::snapshot);
  }

  private record Row(String stream, int revision, long sequence, String state) {

    Optional<Snapshot> snapshot() {
      return Streams.named(stream)
          .filter(definition -> definition.foldRevision() == revision)
          .map(definition -> new Snapshot(sequence, read(definition.stateType())));
    }

    private State read(Class<? extends State> type) {
      return Json.read(state, type);
    }
  }
}
