package io.varve.command.stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that were loaded or written lately. An entry may be older than the ledger when another
 * node wrote, so it may only speed up a yes: an append from it conflicts if it was stale, and a
 * refusal or a "nothing to do" from it is decided again on the ledger's own events.
 */
public final class StateCache implements Cache {

  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

  /**
   * @param size how many aggregates are kept at most
   */
  public StateCache(long size) {
    this.entries = Caffeine.newBuilder().maximumSize(size).build();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <K, V> @Nullable V get(K key) {
    Object entry = entries.getIfPresent(key);
    if (entry != null) {
      Run.current().readFromCache(key);
    }
    return (V) entry;
  }

  @Override
  public void put(Object key, Object value) {
    entries.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return entries.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    entries.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.asMap().containsKey(key);
  }

  @Override
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    entries.asMap().computeIfPresent(key, (k, value) -> update.apply(cast(value)));
  }

  @Override
  public Registration registerCacheEntryListener(EntryListener cacheEntryListener) {
    throw new UnsupportedOperationException("nothing listens to this cache");
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <V> V cast(Object value) {
    return (V) value;
  }
}
