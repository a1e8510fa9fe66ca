package io.varve.web.kri;

import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a KRI had.
 *
 * @param observedAt when it was so, not in the future; absent for now
 * @param source where it comes from; absent for the KRI's own source
 */
record NewObservation(
    BigDecimal value,
    @Nullable Instant observedAt,
    @Nullable SourceId source,
    @Nullable String note) {}
