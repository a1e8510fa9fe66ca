package io.varve.events.key;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.identity.UserId;
import io.varve.events.source.SourceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to an API key. Using it is no event, and its secret is in none. */
public sealed interface ApiKeyEvent extends TenantEvent {

  /**
   * Somebody made a key.
   *
   * @param prefix the part of the key that is no secret and that it is found by
   * @param source of whose KRIs it brings values, if that is its use
   * @param expires cut to the microsecond; null for never
   */
  @EventType(value = "api-key.issued", says = "issued the API key {it}")
  record ApiKeyIssued(
      ApiKeyId id,
      String name,
      UserId maker,
      String prefix,
      ApiKey.Use use,
      SortedSet<KeyScope> scopes,
      @Nullable SourceId source,
      @Nullable Instant expires)
      implements ApiKeyEvent {
    public ApiKeyIssued {
      scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
      expires = expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS);
    }
  }

  @EventType(value = "api-key.revoked", says = "revoked the API key {it}")
  record ApiKeyRevoked() implements ApiKeyEvent {}
}
