package io.varve.web.risk;

import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.posture.RiskScore;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.query.risk.RatedRisk;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A risk, and every term of its score. */
record RiskView(
    RiskId id,
    long version,
    Instant created,
    Instant updated,
    String title,
    String description,
    String category,
    @Nullable UserId owner,
    int likelihood,
    int impact,
    Treatment treatment,
    Risk.Status status,
    SortedSet<ControlId> controls,
    RiskScore score)
    implements Versioned {

  static RiskView of(RatedRisk rated) {
    Risk risk = rated.risk().state();
    return new RiskView(
        risk.id(),
        rated.risk().sequence(),
        rated.risk().created(),
        rated.risk().at(),
        risk.title(),
        risk.description(),
        risk.category(),
        risk.owner(),
        risk.likelihood(),
        risk.impact(),
        risk.treatment(),
        risk.status(),
        risk.controls(),
        rated.score());
  }
}
