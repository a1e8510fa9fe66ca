package io.varve.web.erasure;

import io.varve.events.erasure.Erasure;
import io.varve.events.tenancy.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose data an erasure is of.
 *
 * @param home where the erasure is recorded
 * @param retired the retired tenant whose data it is; null where it is the home's own
 * @param person null for the whole of a retired tenant
 */
record Subject(UUID home, @Nullable TenantId retired, @Nullable UUID person) {

  static Subject of(UUID home, Erasure erasure) {
    return new Subject(home, erasure.tenant(), erasure.subject());
  }

  /** The tenant whose data it is. */
  UUID tenant() {
    return retired == null ? home : retired.value();
  }
}
