package io.varve.postgres.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys in memory for a short while, wiped when it is over whether anybody comes by or not. */
final class KeyCache<I> implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Cache<I, PlainKey> keys;

  KeyCache(int size) {
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(KEPT)
            .scheduler(Scheduler.systemScheduler())
            .<I, PlainKey>removalListener((id, key, cause) -> wipe(key))
            .build();
  }

  /** A copy of the key, if it is here. */
  Optional<PlainKey> find(I id) {
    PlainKey key = keys.getIfPresent(id);
    return key == null ? Optional.empty() : key.copy();
  }

  /** Keeps a key, unless there is one already, and gives a copy. */
  PlainKey remember(I id, PlainKey key) {
    PlainKey copy = key.copy().orElseThrow();
    if (keys.asMap().putIfAbsent(id, key) != null) {
      key.close();
    }
    return copy;
  }

  /** Wipes all of them now. */
  @Override
  public void close() {
    keys.asMap().values().forEach(PlainKey::close);
    keys.invalidateAll();
  }

  private static void wipe(@Nullable PlainKey key) {
    if (key != null) {
      key.close();
    }
  }
}
