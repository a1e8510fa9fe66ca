package io.varve.projections.seal;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.projections.seal.sink.Sealed;
import io.varve.projections.seal.sink.Sink;
import io.varve.projections.seal.sink.SinkException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was signed to one sink: in order, after it was committed, and again if a crash comes
 * between the delivery and the note of it.
 */
final class Delivery implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 200;

  private static final String KNOW =
      """
      insert into ops.seal_sink (name) values (?) on conflict do nothing
      """;

  private static final String KEYS =
      """
      select version, statement
        from ledger.seal_key
       where version > (select key from ops.seal_sink where name = ?)
       order by version
      """;

  private static final String CHECKPOINTS =
      """
      select number, at, note
        from ledger.log_checkpoint
       where number > (select checkpoint from ops.seal_sink where name = ?)
       order by number
       limit ?
      """;

  private static final String KEY_DELIVERED =
      """
      update ops.seal_sink set key = ? where name = ? and key < ?
      """;

  private static final String CHECKPOINT_DELIVERED =
      """
      update ops.seal_sink set checkpoint = ? where name = ? and checkpoint < ?
      """;

  private final Database database;
  private final Sink sink;
  private final BooleanSupplier leading;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable String problem;

  /**
   * @param leading whether this node seals: one node delivers
   */
  Delivery(Database database, Sink sink, BooleanSupplier leading) {
    this.database = database;
    this.sink = sink;
    this.leading = leading;
    this.thread = Thread.ofPlatform().daemon().name("varve-seal-delivery").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Something has been committed. */
  void wake() {
    woken.release();
  }

  /** What keeps it from delivering, if anything does. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Delivers all that waits.
   *
   * @throws SinkException if the sink does not take it
   */
  void deliver() {
    write(KNOW, statement -> statement.setString(1, sink.name()));
    for (Sealed key : keys()) {
      sink.put(key);
      delivered(KEY_DELIVERED, key);
    }
    List<Sealed> some = checkpoints();
    while (!some.isEmpty() && !closed) {
      for (Sealed checkpoint : some) {
        sink.put(checkpoint);
      }
      delivered(CHECKPOINT_DELIVERED, some.getLast());
      some = checkpoints();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        if (leading.getAsBoolean()) {
          deliver();
          problem = null;
        }
      } catch (SinkException | DatabaseException failure) {
        tell(String.valueOf(failure.getMessage()), failure);
      }
      await();
    }
  }

  private void await() {
    try {
      if (woken.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void tell(String what, Exception failure) {
    if (!closed && !what.equals(problem)) {
      log.error("What is sealed does not reach {}, and will be tried again", sink.name(), failure);
    }
    problem = what;
  }

  private List<Sealed> keys() {
    return database.query(
        Scope.projector(),
        KEYS,
        (statement, first) -> statement.setString(first, sink.name()),
        row -> Sealed.key(row.getInt(1), row.getString(2)));
  }

  private List<Sealed> checkpoints() {
    return database.query(
        Scope.projector(),
        CHECKPOINTS,
        (statement, first) -> {
          statement.setString(first, sink.name());
          statement.setInt(first + 1, AT_ONCE);
        },
        row ->
            Sealed.checkpoint(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3)));
  }

  private void delivered(String sql, Sealed last) {
    write(
        sql,
        statement -> {
          statement.setLong(1, last.number());
          statement.setString(2, sink.name());
          statement.setLong(3, last.number());
        });
  }

  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private void write(String sql, Binder binder) {
    database.transact(
        Scope.projector(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate();
          }
        });
  }
}
