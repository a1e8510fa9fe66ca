package io.varve.events.posture;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How badly an outcome is endangered: as badly as by the worst of its open risks.
 *
 * @param score points, 0.4 to 100, to one decimal: the highest current score of an open risk
 * @param severity of that score
 */
public record OutcomeSeverity(BigDecimal score, Severity severity) {

  /**
   * The severity of an outcome, or none without an open risk.
   *
   * @param openRisks the scores of the open risks linked to the outcome
   */
  public static Optional<OutcomeSeverity> of(Collection<RiskScore> openRisks) {
    return openRisks.stream()
        .max(Comparator.comparing(RiskScore::current))
        .map(worst -> new OutcomeSeverity(worst.current(), worst.severity()));
  }
}
