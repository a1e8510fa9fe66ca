package io.varve.query.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; what is null is not asked for.
 *
 * @param from the first time that is wanted
 * @param to the first time that is not
 * @param actor who did it, or in whose name it was done
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record AuditQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable UUID actor,
    @Nullable String stream,
    @Nullable UUID id,
    @Nullable String type,
    boolean newestFirst,
    int limit,
    @Nullable String cursor) {

  public static final int MAX_LIMIT = 200;
  public static final int DEFAULT_LIMIT = 50;

  public static final AuditQuery NEWEST =
      new AuditQuery(null, null, null, null, null, null, true, DEFAULT_LIMIT, null);
}
