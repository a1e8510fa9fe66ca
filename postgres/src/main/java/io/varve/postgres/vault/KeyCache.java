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
  private long era;
  private boolean suspended;

  KeyCache(int size) {
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(KEPT)
            .scheduler(Scheduler.systemScheduler())
            .<I, PlainKey>removalListener((id, key, cause) -> wipe(key))
            .build();
  }

  /** Changes whenever all keys are forgotten: ask before looking a key up elsewhere. */
  synchronized long era() {
    return era;
  }

  /** A copy of the key, if it is here. */
  Optional<PlainKey> find(I id) {
    PlainKey key = keys.getIfPresent(id);
    return key == null ? Optional.empty() : key.copy();
  }

  /**
   * Keeps a key, unless there is one already, and gives a copy.
   *
   * @param since the era in which it was looked up; if that is over, it may be destroyed by now and
   *     is not kept
   */
  PlainKey remember(I id, PlainKey key, long since) {
    PlainKey copy = key.copy().orElseThrow();
    if (!keep(id, key, since)) {
      key.close();
    }
    return copy;
  }

  /** Wipes all of them now, and keeps none that was looked up before. */
  synchronized void forget() {
    era++;
    close();
  }

  /** Keeps no key until it is told otherwise, for nobody would say when one is destroyed. */
  synchronized void suspend() {
    suspended = true;
    forget();
  }

  synchronized void resume() {
    suspended = false;
    forget();
  }

  /** Wipes all of them now. */
  @Override
  public void close() {
    keys.asMap().values().forEach(PlainKey::close);
    keys.invalidateAll();
  }

  private synchronized boolean keep(I id, PlainKey key, long since) {
    return !suspended && since == era && keys.asMap().putIfAbsent(id, key) == null;
  }

  private static void wipe(@Nullable PlainKey key) {
    if (key != null) {
      key.close();
    }
  }
}
