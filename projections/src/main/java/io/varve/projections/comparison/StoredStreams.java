package io.varve.projections.comparison;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.projections.document.StreamKey;
import io.varve.projections.feed.LedgerEvent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger, one stream after the other. */
final class StoredStreams {

  static final int PAGE = 2000;

  /** Along the index that keeps sequences unique. */
  private static final String FOLLOWING =
      """
      select position, tenant_id, number, id, sequence, type, revision, at, payload
        from ledger.event
       where (tenant_id, id, sequence) > (?, ?, ?)
       order by tenant_id, id, sequence
       limit ?
      """;

  private static final String STREAM =
      """
      select position, tenant_id, number, id, sequence, type, revision, at, payload
        from ledger.event
       where tenant_id = ? and id = ? and sequence > ? and sequence <= ?
       order by sequence
       limit ?
      """;

  private static final String NUMBER =
      """
      select number from ledger.event where tenant_id = ? and id = ? and sequence = ?
      """;

  private static final String HELD =
      """
      select number from read.progress where tenant_id = ?
      """;

  private static final String PLATFORM =
      """
      select platform_id from ledger.head
      """;

  private final Database database;

  StoredStreams(Database database) {
    this.database = database;
  }

  List<LedgerEvent> following(@Nullable LedgerEvent last) {
    return database.query(
        Scope.projector(),
        FOLLOWING,
        (statement, first) -> {
          statement.setObject(first, last == null ? new UUID(0, 0) : last.tenant());
          statement.setObject(first + 1, last == null ? new UUID(0, 0) : last.id());
          statement.setLong(first + 2, last == null ? -1 : last.sequence());
          statement.setInt(first + 3, PAGE);
        },
        LedgerEvent::read);
  }

  /** Folds one stream up to a sequence. */
  Folding fold(StreamKey key, long upTo) {
    var folding = new Folding(key);
    long after = -1;
    List<LedgerEvent> page;
    do {
      page = page(key, after, upTo);
      page.forEach(folding::add);
      after = page.isEmpty() ? after : page.getLast().sequence();
    } while (page.size() == PAGE);
    return folding;
  }

  private List<LedgerEvent> page(StreamKey key, long after, long upTo) {
    return database.query(
        Scope.projector(),
        STREAM,
        (statement, first) -> {
          statement.setObject(first, key.tenant());
          statement.setObject(first + 1, key.id());
          statement.setLong(first + 2, after);
          statement.setLong(first + 3, upTo);
          statement.setInt(first + 4, PAGE);
        },
        LedgerEvent::read);
  }

  /** The number of an event, if there is one of that sequence. */
  Optional<Long> number(StreamKey key, long sequence) {
    return database.queryOne(
        Scope.projector(),
        NUMBER,
        (statement, first) -> {
          statement.setObject(first, key.tenant());
          statement.setObject(first + 1, key.id());
          statement.setLong(first + 2, sequence);
        },
        row -> row.getLong(1));
  }

  /** The number up to which a tenant's read models say that they hold its events. */
  long held(UUID tenant) {
    return database
        .queryOne(
            Scope.projector(),
            HELD,
            (statement, first) -> statement.setObject(first, tenant),
            row -> row.getLong(1))
        .orElse(0L);
  }

  UUID platform() {
    return database
        .queryOne(
            Scope.projector(),
            PLATFORM,
            (statement, first) -> {},
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }
}
