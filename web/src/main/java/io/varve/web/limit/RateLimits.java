package io.varve.web.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.NopeOptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.proxy.optimization.delay.DelayOptimization;
import io.varve.postgres.Database;
import io.varve.postgres.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests against limits, over all nodes. */
final class RateLimits {

  private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

  private static final Duration UNTOLD = Duration.ofSeconds(1);

  /** Who is counted by this node for a moment. Whoever is forgotten is read again. */
  private static final int REMEMBERED = 50_000;

  /** How long nothing is counted once the database was away, and how often that is logged. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final Vault vault;
  private final Buckets buckets;
  private final TimeMeter clock;
  private final Ticker ticker = Ticker.systemTicker();
  private final AtomicLong awayUntil = new AtomicLong(ticker.read());
  private final AtomicLong nextWarning = new AtomicLong(ticker.read());
  private final Cache<Counted, Bucket> remembered =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Duration.ofMinutes(5))
          .build();

  private record Counted(Limit limit, String subject) {}

  /**
   * What is left after a request.
   *
   * @param granted whether the request is within the limit
   * @param remaining requests until the limit is reached
   * @param reset until all of it is there again
   */
  record Standing(Limit limit, boolean granted, long remaining, Duration reset) {}

  RateLimits(Database database, Vault vault, Clock clock) {
    this.vault = vault;
    this.clock = new ClockMeter(clock);
    this.buckets = new Buckets(database, this.clock);
  }

  /**
   * Counts one request, or refuses to.
   *
   * @param subject whose requests are limited
   * @throws io.varve.postgres.DatabaseException if the database is away
   */
  Standing count(Limit limit, String subject) {
    Bucket bucket = remembered.get(new Counted(limit, subject), this::bucket);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return new Standing(
        limit,
        probe.isConsumed(),
        Math.max(0, probe.getRemainingTokens()),
        Duration.ofNanos(
            probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
  }

  /**
   * Counts one request where it can be counted. Without the database there is hardly anything that
   * a request could do, and what it could (read a page, ask for health) should not fail because
   * nobody counts: limits are there to keep Varve available. For some seconds after a failure the
   * database is not asked again, so that requests do not queue up for it here and once more behind.
   */
  Optional<Standing> countIfPossible(Limit limit, String subject) {
    if (ticker.read() - awayUntil.get() < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(count(limit, subject));
    } catch (RuntimeException away) {
      awayUntil.set(ticker.read() + AWAY.toNanos());
      long due = nextWarning.get();
      if (ticker.read() - due >= 0
          && nextWarning.compareAndSet(due, ticker.read() + BETWEEN_WARNINGS.toNanos())) {
        log.warn("requests cannot be counted against their limits, and are let through", away);
      }
      return Optional.empty();
    }
  }

  private Bucket bucket(Counted counted) {
    Limit limit = counted.limit();
    // Another limit is another bucket, so that a changed setting holds from the next start on.
    String kind = "limit.%s.%d.%s".formatted(limit.name(), limit.requests(), limit.per());
    return buckets
        .builder()
        .withOptimization(optimization(limit))
        .build(vault.lookupHash(kind, counted.subject()), limit::bucket);
  }

  private Optimization optimization(Limit limit) {
    return switch (limit.precision()) {
      case EXACT -> Optimizations.batching();
      case CLOSE ->
          new DelayOptimization(
              new DelayParameters(limit.untold(), UNTOLD),
              NopeOptimizationListener.INSTANCE,
              clock);
    };
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
