package io.varve.web.kri;

import io.varve.command.kri.DefineKri;
import io.varve.command.kri.ReviseKri;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.source.SourceId;
import io.varve.web.http.Absent;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a KRI.
 *
 * @param warn a value that reaches it is amber
 * @param critical a value that reaches it is red; at least as far in the bad direction
 */
record KriFields(
    String slug,
    String name,
    @Nullable String description,
    @Nullable String unit,
    SourceId source,
    BigDecimal warn,
    BigDecimal critical,
    Direction direction,
    @Nullable SortedSet<RiskId> risks,
    @Nullable OutcomeId outcome) {

  DefineKri define(KriId id) {
    return new DefineKri(
        id,
        slug,
        name,
        Absent.text(description),
        Absent.text(unit),
        source,
        warn,
        critical,
        direction,
        Absent.set(risks),
        outcome);
  }

  ReviseKri revise(KriId id) {
    return new ReviseKri(
        id,
        slug,
        name,
        Absent.text(description),
        Absent.text(unit),
        source,
        warn,
        critical,
        direction,
        Absent.set(risks),
        outcome);
  }
}
