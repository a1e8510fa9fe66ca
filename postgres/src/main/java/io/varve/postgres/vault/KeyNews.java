package io.varve.postgres.vault;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has keys forgotten when any node destroys one. While nobody could tell, none is kept in memory at
 * all.
 */
final class KeyNews implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyNews.class);
  private static final int LISTEN_MILLIS = 100;
  private static final int SILENCES = 20;
  private static final int ALIVE_SECONDS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final KeyRing keys;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("varve-key-news").unstarted(this::run);

  KeyNews(Database database, KeyRing keys) {
    this.database = database;
    this.keys = keys;
  }

  /** Returns when it listens, or could not at first. */
  void start() {
    keys.suspend();
    thread.start();
    await(tried, PATIENCE);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed()) {
      try (Connection connection = database.dedicated()) {
        listen(connection);
      } catch (SQLException | DatabaseException gone) {
        log.debug("nobody says when a key is destroyed; none is kept in memory", gone);
      } finally {
        keys.suspend();
        tried.countDown();
      }
      await(closed, PAUSE);
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + Erasures.CHANNEL);
    }
    // What was destroyed before is not told any more, and no key from before is there.
    keys.resume();
    tried.countDown();
    var news = connection.unwrap(PGConnection.class);
    for (int silences = 0; !isClosed(); silences++) {
      // In small parts, as waiting for notifications cannot be interrupted.
      var heard = news.getNotifications(LISTEN_MILLIS);
      if (heard != null && heard.length > 0) {
        keys.forget();
      } else if (silences % SILENCES == 0 && !connection.isValid(ALIVE_SECONDS)) {
        throw new SQLException("the connection is dead");
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static void await(CountDownLatch latch, Duration most) {
    try {
      boolean reached = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
      log.trace("waited: {}", reached);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
