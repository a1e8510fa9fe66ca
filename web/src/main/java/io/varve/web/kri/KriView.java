package io.varve.web.kri;

import io.varve.events.kri.Colour;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriId;
import io.varve.events.kri.Observation;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.source.SourceId;
import io.varve.query.kri.ColouredKri;
import io.varve.web.http.Versioned;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A KRI and what its current value means.
 *
 * @param current the value that was observed last; absent when there is none
 * @param observations how many values were ever told
 * @param linked whether it rolls up anywhere
 * @param stale whether the current value is too old to rely on
 */
record KriView(
    KriId id,
    long version,
    Instant created,
    Instant updated,
    String slug,
    String name,
    String description,
    String unit,
    SourceId source,
    BigDecimal warn,
    BigDecimal critical,
    Direction direction,
    SortedSet<RiskId> risks,
    @Nullable OutcomeId outcome,
    boolean linked,
    @Nullable Current current,
    long observations,
    Colour colour,
    boolean stale)
    implements Versioned {

  /** The value that counts. */
  record Current(BigDecimal value, Instant observedAt, SourceId source, @Nullable String note) {}

  static KriView of(ColouredKri coloured) {
    Kri kri = coloured.kri().state();
    return new KriView(
        kri.id(),
        coloured.kri().sequence(),
        coloured.kri().created(),
        coloured.kri().at(),
        kri.slug(),
        kri.name(),
        kri.description(),
        kri.unit(),
        kri.source(),
        kri.warn(),
        kri.critical(),
        kri.direction(),
        kri.risks(),
        kri.outcome(),
        !kri.risks().isEmpty() || kri.outcome() != null,
        current(kri.current()),
        kri.observations(),
        coloured.colour(),
        coloured.stale());
  }

  private static @Nullable Current current(@Nullable Observation last) {
    return last == null
        ? null
        : new Current(last.value(), last.observedAt(), last.source(), last.note());
  }
}
