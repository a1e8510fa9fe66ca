package io.varve.web.outcome;

import io.varve.command.outcome.DefineOutcome;
import io.varve.command.outcome.ReviseOutcome;
import io.varve.events.identity.UserId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.web.http.Absent;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a person says of an outcome. */
record OutcomeFields(
    String title,
    @Nullable String description,
    @Nullable UserId owner,
    @Nullable SortedSet<RiskId> risks) {

  DefineOutcome define(OutcomeId id) {
    return new DefineOutcome(id, title, Absent.text(description), owner, Absent.set(risks));
  }

  ReviseOutcome revise(OutcomeId id) {
    return new ReviseOutcome(id, title, Absent.text(description), owner, Absent.set(risks));
  }
}
