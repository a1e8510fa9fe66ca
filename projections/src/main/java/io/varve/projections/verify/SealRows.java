package io.varve.projections.verify;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.note.Note;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the database keeps of seals, as it stands there. */
final class SealRows {

  private static final String ENTRIES =
      """
      select log_index, tenant_id, size, root, note
        from ledger.checkpoint
       where log_index > ? and log_index < ?
       order by log_index
       limit ?
      """;

  private static final String LOG_CHECKPOINTS =
      """
      select number, size, root, note
        from ledger.log_checkpoint
       where number > ? and number <= ?
       order by number
       limit ?
      """;

  private static final String LAST_LOG_CHECKPOINT =
      """
      select number, size, root, note from ledger.log_checkpoint order by number desc limit 1
      """;

  private static final String STATEMENTS =
      """
      select statement from ledger.seal_key order by version
      """;

  private static final String COUNTERS =
      """
      select tenant_id, number from ledger.counter
      """;

  private static final String HEAD =
      """
      select position, platform_id from ledger.head
      """;

  private static final int PAGE = 512;

  private final Database database;

  /** How far the ledger says that it has got. */
  record LedgerHead(long position, UUID platform) {}

  /** A checkpoint of a tenant: a leaf of the log. */
  record Entry(long index, UUID tenant, long size, Hash root, String note) {}

  /** A checkpoint of the log. */
  record LogCheckpoint(long number, long size, Hash root, String note) {}

  SealRows(Database database) {
    this.database = database;
  }

  LedgerHead head() {
    return database
        .queryOne(
            Scope.projector(),
            HEAD,
            (statement, first) -> {},
            row -> new LedgerHead(row.getLong(1), row.getObject(2, UUID.class)))
        .orElseThrow(() -> new BrokenException("The ledger has no head"));
  }

  Map<UUID, Long> counters() {
    return database
        .query(
            Scope.projector(),
            COUNTERS,
            (statement, first) -> {},
            row -> Map.entry(row.getObject(1, UUID.class), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What the keys were introduced with, the first key's first. */
  List<Note> statements() {
    return database.query(
        Scope.projector(),
        STATEMENTS,
        (statement, first) -> {},
        row -> Note.parse(row.getString(1).getBytes(StandardCharsets.UTF_8)));
  }

  Optional<LogCheckpoint> lastLogCheckpoint() {
    return database.queryOne(
        Scope.projector(), LAST_LOG_CHECKPOINT, (statement, first) -> {}, SealRows::logCheckpoint);
  }

  /** A page of the log's leaves, of which there are so many. */
  List<Entry> entries(@Nullable Entry last, long size) {
    return database.query(
        Scope.projector(),
        ENTRIES,
        (statement, first) -> {
          statement.setLong(first, last == null ? -1 : last.index());
          statement.setLong(first + 1, size);
          statement.setInt(first + 2, PAGE);
        },
        row ->
            new Entry(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getLong(3),
                Hash.of(row.getBytes(4)),
                row.getString(5)));
  }

  /** A page of the log's checkpoints, up to a number. */
  List<LogCheckpoint> logCheckpoints(@Nullable LogCheckpoint last, long upTo) {
    return database.query(
        Scope.projector(),
        LOG_CHECKPOINTS,
        (statement, first) -> {
          statement.setLong(first, last == null ? 0 : last.number());
          statement.setLong(first + 1, upTo);
          statement.setInt(first + 2, PAGE);
        },
        SealRows::logCheckpoint);
  }

  private static LogCheckpoint logCheckpoint(ResultSet row) throws SQLException {
    return new LogCheckpoint(
        row.getLong(1), row.getLong(2), Hash.of(row.getBytes(3)), row.getString(4));
  }
}
