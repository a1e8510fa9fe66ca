package io.varve.web.limit;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what was counted once it counts no more. Any node may, at any time. */
final class ExpiredCounters implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExpiredCounters.class);
  private static final Duration PAUSE = Duration.ofMinutes(30);

  private static final String FORGET_BUCKETS =
      """
      delete from ops.bucket where expires < ?
      """;

  private static final String FORGET_ATTEMPTS =
      """
      delete from ops.sign_in_attempt where changed < ?
      """;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("expired-counters").daemon().factory());
  private final ScheduledFuture<?> forgetting;

  ExpiredCounters(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.forgetting =
        schedule.scheduleWithFixedDelay(
            this::tryForget, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Deletes them now, and tells how many there were. */
  int forget() {
    Instant now = clock.instant();
    return forget(FORGET_BUCKETS, now) + forget(FORGET_ATTEMPTS, now.minus(SignInGuard.FAMILIAR));
  }

  @Override
  public void close() {
    forgetting.cancel(false);
    schedule.shutdown();
  }

  private int forget(String sql, Instant before) {
    return database.transact(
        Scope.projector(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
          }
        });
  }

  /** The next time comes whatever happens this time. */
  private void tryForget() {
    try {
      int forgotten = forget();
      log.debug("{} counters have expired", forgotten);
    } catch (DatabaseException failure) {
      log.warn("expired counters could not be forgotten, and will be later", failure);
    }
  }
}
