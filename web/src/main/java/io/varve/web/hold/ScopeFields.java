package io.varve.web.hold;

import io.varve.events.hold.HoldScope;
import io.varve.web.http.Absent;
import java.time.Instant;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a hold keeps: all of the tenant, or those that every part of this lets in. A part
 * that is absent lets all in.
 */
record ScopeFields(
    @Nullable Boolean wholeTenant,
    @Nullable SortedSet<String> streams,
    @Nullable SortedSet<UUID> ids,
    @Nullable SortedSet<UUID> subjects,
    @Nullable Instant from,
    @Nullable Instant to) {

  private static final ScopeFields NONE = new ScopeFields(null, null, null, null, null, null);

  /**
   * @param given absent where the custodians alone are to be held
   */
  static HoldScope scope(@Nullable ScopeFields given) {
    return (given == null ? NONE : given).scope();
  }

  private HoldScope scope() {
    return new HoldScope(
        Boolean.TRUE.equals(wholeTenant),
        Absent.set(streams),
        Absent.set(ids),
        Absent.set(subjects),
        from,
        to);
  }
}
