package io.varve.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are of no use any more once their time is over. Both statements take one parameter: the
 * moment up to which rows are deleted.
 *
 * @param tenants asks whose rows those are, where a scope has to name them; null where not
 * @param kept for how long rows stay after their time
 */
public record Expiring(Scope scope, @Nullable String tenants, String delete, Duration kept) {

  /** Rows of no tenant. */
  public static Expiring of(Scope scope, String delete, Duration kept) {
    return new Expiring(scope, null, delete, kept);
  }

  /** Rows of tenants, each of which says until when it is good. */
  public static Expiring ofTenants(String tenants, String delete) {
    return new Expiring(Scope.projector(), tenants, delete, Duration.ZERO);
  }
}
