package io.varve.web.limit;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's buckets in PostgreSQL, over the one way to a connection. Compare and swap is two round
 * trips and keeps no connection between them; a node sends one request at a time for each bucket,
 * so that only nodes compete.
 */
final class Buckets extends AbstractCompareAndSwapBasedProxyManager<String> {

  private static final String READ =
      """
      select state from ops.bucket where id = ?
      """;

  private static final String SWAP =
      """
      insert into ops.bucket as held (id, state, expires) values (?, ?, ?)
      on conflict (id) do update set state = excluded.state, expires = excluded.expires where held.state = ?
      returning true
      """;

  private static final String DROP =
      """
      delete from ops.bucket where id = ? returning true
      """;

  /** A full bucket need not be kept. A minute more, for nodes whose clocks differ. */
  private static final ExpirationAfterWriteStrategy UNTIL_FULL =
      ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1));

  static final Expiring EXPIRING =
      Expiring.of(
          Scope.projector(),
          """
          delete from ops.bucket where expires < ?
          """,
          Duration.ZERO);

  private final Database database;
  private final TimeMeter clock;

  Buckets(Database database, TimeMeter clock) {
    super(ClientSideConfig.getDefault().withClientClock(clock));
    this.database = database;
    this.clock = clock;
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(String id) {
    return new Operation(id);
  }

  @Override
  public void removeProxy(String id) {
    database.query(
        Scope.projector(),
        DROP,
        (statement, first) -> statement.setString(first, id),
        row -> row.getBoolean(1));
  }

  @Override
  public boolean isAsyncModeSupported() {
    return false;
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected CompletableFuture<Void> removeAsync(String id) {
    throw new UnsupportedOperationException();
  }

  private final class Operation implements CompareAndSwapOperation {
    private final String id;

    Operation(String id) {
      this.id = id;
    }

    @Override
    public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
      return database.queryOne(
          Scope.access(),
          READ,
          (statement, first) -> statement.setString(first, id),
          row -> row.getBytes(1));
    }

    @Override
    public boolean compareAndSwap(
        byte @Nullable [] original,
        byte[] changed,
        RemoteBucketState state,
        Optional<Long> timeoutNanos) {
      long now = clock.currentTimeNanos();
      Instant expires =
          Instant.ofEpochMilli(
              TimeUnit.NANOSECONDS.toMillis(now)
                  + UNTIL_FULL.calculateTimeToLiveMillis(state, now));
      List<Boolean> swapped =
          database.query(
              Scope.access(),
              SWAP,
              (statement, first) -> {
                statement.setString(first, id);
                statement.setBytes(first + 1, changed);
                statement.setObject(first + 2, expires.atOffset(ZoneOffset.UTC));
                // Where there was no bucket, one that is there by now is another's.
                statement.setBytes(first + 3, original);
              },
              row -> row.getBoolean(1));
      return !swapped.isEmpty();
    }
  }
}
