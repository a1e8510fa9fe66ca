package io.varve.web.risk;

import io.varve.command.risk.IdentifyRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.web.http.Absent;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a risk.
 *
 * @param likelihood 1 (rare) to 5 (almost certain)
 * @param impact 1 (negligible) to 5 (severe)
 */
record RiskFields(
    String title,
    @Nullable String description,
    String category,
    @Nullable UserId owner,
    int likelihood,
    int impact,
    Treatment treatment,
    @Nullable SortedSet<ControlId> controls) {

  IdentifyRisk identify(RiskId id) {
    return new IdentifyRisk(
        id,
        title,
        Absent.text(description),
        category,
        owner,
        likelihood,
        impact,
        treatment,
        Absent.set(controls));
  }

  ReviseRisk revise(RiskId id) {
    return new ReviseRisk(
        id,
        title,
        Absent.text(description),
        category,
        owner,
        likelihood,
        impact,
        treatment,
        Absent.set(controls));
  }
}
