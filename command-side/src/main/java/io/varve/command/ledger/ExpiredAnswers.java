package io.varve.command.ledger;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the answers under idempotency keys once their time is over. Any node may, at any time.
 */
public final class ExpiredAnswers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExpiredAnswers.class);
  private static final Duration PAUSE = Duration.ofMinutes(30);

  private static final String FORGET =
      """
      delete from ops.idempotency where at < ?
      """;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("expired-answers").daemon().factory());
  private final ScheduledFuture<?> forgetting;

  public ExpiredAnswers(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.forgetting =
        schedule.scheduleWithFixedDelay(
            this::tryForget, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Deletes them now, and tells how many there were. */
  public int forget() {
    return database.transact(
        Scope.ledger(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setObject(
                1, clock.instant().minus(IdempotencyAnswers.KEPT).atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void close() {
    forgetting.cancel(false);
    schedule.shutdown();
  }

  /** The next time comes whatever happens this time. */
  private void tryForget() {
    try {
      int forgotten = forget();
      log.debug("{} answers have expired", forgotten);
    } catch (DatabaseException failure) {
      log.warn("expired answers could not be forgotten, and will be later", failure);
    }
  }
}
