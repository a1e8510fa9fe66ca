package io.varve.web.outcome;

import io.varve.events.identity.UserId;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.posture.OutcomeSeverity;
import io.varve.events.risk.RiskId;
import io.varve.query.outcome.RatedOutcome;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An outcome.
 *
 * @param severity of its worst open risk; absent without one
 */
record OutcomeView(
    OutcomeId id,
    long version,
    Instant created,
    Instant updated,
    String title,
    String description,
    @Nullable UserId owner,
    SortedSet<RiskId> risks,
    @Nullable OutcomeSeverity severity)
    implements Versioned {

  static OutcomeView of(RatedOutcome rated) {
    Outcome outcome = rated.outcome().state();
    return new OutcomeView(
        outcome.id(),
        rated.outcome().sequence(),
        rated.outcome().created(),
        rated.outcome().at(),
        outcome.title(),
        outcome.description(),
        outcome.owner(),
        outcome.risks(),
        rated.severity());
  }
}
