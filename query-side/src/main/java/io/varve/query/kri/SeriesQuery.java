package io.varve.query.kri;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a KRI's series is wanted.
 *
 * @param from the first time of observation that is wanted; null for the beginning
 * @param to the first one that is not; null for the end
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record SeriesQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    boolean newestFirst,
    int limit,
    @Nullable String cursor) {

  public static final int MAX_LIMIT = 1000;
}
