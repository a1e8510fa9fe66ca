package io.varve.web.kri;

import io.varve.events.kri.ObservationId;
import io.varve.events.source.SourceId;
import io.varve.query.kri.SeriesPoint;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value of a series.
 *
 * @param number of the event that told it, among the tenant's events
 * @param at when it was told
 */
record ObservationView(
    ObservationId id,
    BigDecimal value,
    Instant observedAt,
    SourceId source,
    @Nullable String note,
    long number,
    Instant at) {

  static ObservationView of(SeriesPoint point) {
    return new ObservationView(
        point.observation().id(),
        point.observation().value(),
        point.observation().observedAt(),
        point.observation().source(),
        point.observation().note(),
        point.number(),
        point.at());
  }
}
