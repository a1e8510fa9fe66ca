package io.varve.query.outcome;

import io.varve.events.outcome.Outcome;
import io.varve.events.posture.OutcomeSeverity;
import io.varve.query.Document;
import org.jspecify.annotations.Nullable;

/**
 * An outcome and how badly it is endangered.
 *
 * @param severity null without an open risk
 */
public record RatedOutcome(Document<Outcome> outcome, @Nullable OutcomeSeverity severity) {}
