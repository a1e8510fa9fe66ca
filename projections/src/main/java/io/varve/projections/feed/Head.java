package io.varve.projections.feed;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The position of the ledger's last event: told by whoever appends, and looked up every second in
 * case nobody tells.
 */
public final class Head implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Head.class);
  private static final int LISTEN_MILLIS = 100;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String POSITION =
      """
      select position from ledger.head
      """;

  private final Database database;
  private final AtomicLong position = new AtomicLong();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("varve-head").unstarted(this::run);
  private volatile boolean closed;

  public Head(Database database) {
    this.database = database;
  }

  public void start() {
    thread.start();
  }

  /** The last position that is known. */
  public long position() {
    return position.get();
  }

  /** Has an action run whenever the head has moved. It must not block. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /** Waits for the head to pass a position. */
  public boolean awaitAfter(long known, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    synchronized (position) {
      while (position.get() <= known) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(position, left);
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (Connection connection = database.dedicated();
          Statement statement = connection.createStatement()) {
        statement.execute("listen varve_ledger");
        listen(connection.unwrap(PGConnection.class));
        statement.execute("unlisten *");
      } catch (SQLException | DatabaseException failure) {
        pause(failure);
      }
    }
  }

  /** Waits in small parts, as waiting for notifications cannot be interrupted. */
  private void listen(PGConnection connection) throws SQLException {
    long look = System.nanoTime();
    while (!closed) {
      if (System.nanoTime() - look >= 0) {
        moved(look());
        look = System.nanoTime() + LOOK_NANOS;
      }
      PGNotification[] told = connection.getNotifications(LISTEN_MILLIS);
      if (told != null && told.length > 0) {
        moved(Long.parseLong(told[told.length - 1].getParameter()));
      }
    }
  }

  private long look() {
    return database
        .queryOne(Scope.projector(), POSITION, (statement, first) -> {}, row -> row.getLong(1))
        .orElseThrow();
  }

  private void moved(long to) {
    if (position.getAndAccumulate(to, Math::max) < to) {
      synchronized (position) {
        position.notifyAll();
      }
      watchers.forEach(Runnable::run);
    }
  }

  private void pause(Exception failure) {
    if (!closed) {
      log.warn("The ledger's head cannot be watched now: {}", failure.getMessage());
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
