package io.varve.postgres;

import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what has expired, twice an hour. Any node may, at any time. */
public final class Expiry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Expiry.class);
  private static final Duration PAUSE = Duration.ofMinutes(30);

  private final Database database;
  private final Clock clock;
  private final List<Expiring> all;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("expiry").daemon().factory());
  private final ScheduledFuture<?> forgetting;

  public Expiry(Database database, Clock clock, List<Expiring> all) {
    this.database = database;
    this.clock = clock;
    this.all = List.copyOf(all);
    this.forgetting =
        schedule.scheduleWithFixedDelay(
            this::tryForget, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Deletes what has expired by now, and tells how many rows that were. */
  public int forget() {
    return all.stream().mapToInt(this::forget).sum();
  }

  @Override
  public void close() {
    forgetting.cancel(false);
    schedule.shutdown();
  }

  private int forget(Expiring expiring) {
    OffsetDateTime until = clock.instant().minus(expiring.kept()).atOffset(ZoneOffset.UTC);
    return database.transact(
        scope(expiring, until),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(expiring.delete())) {
            statement.setObject(1, until);
            return statement.executeUpdate();
          }
        });
  }

  private Scope scope(Expiring expiring, OffsetDateTime until) {
    if (expiring.tenants() == null) {
      return expiring.scope();
    }
    return Scope.projector(
        database.query(
            expiring.scope(),
            expiring.tenants(),
            (statement, first) -> statement.setObject(first, until),
            row -> row.getObject(1, UUID.class)));
  }

  /** The next time comes whatever happens this time. */
  private void tryForget() {
    try {
      int forgotten = forget();
      log.debug("{} rows have expired", forgotten);
    } catch (DatabaseException failure) {
      log.warn("what has expired could not be forgotten, and will be later", failure);
    }
  }
}
