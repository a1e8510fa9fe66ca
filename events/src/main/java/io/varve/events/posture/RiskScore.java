package io.varve.events.posture;

import io.varve.events.control.Control;
import io.varve.events.kri.Colour;
import io.varve.events.kri.Kri;
import io.varve.events.risk.Risk;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How bad a risk is now, with every term that led to it, so that a person can see why.
 *
 * <pre>
 * inherent   = likelihood × impact × 4
 * mitigation = min(0.9, 1 − Π(1 − effectivenessᵢ))    over the linked operating controls
 * residual   = inherent × (1 − mitigation)
 * pressure   = green 0, grey 0.25, amber 0.5, red 1    of the worst linked KRI; 0 without one
 * current    = residual + (100 − residual) × 0.5 × pressure
 * </pre>
 *
 * The arithmetic is exact decimal arithmetic. Only what is shown is rounded, half up, each term on
 * its own: {@code current} comes from the exact residual, not from the rounded one.
 *
 * @param likelihood 1 to 5
 * @param impact 1 to 5
 * @param inherent points, 4 to 100: how bad it would be if nothing were done
 * @param mitigation share, 0 to 0.9, to six decimals: how much the controls take away
 * @param residual points, 0.4 to 100, to six decimals: what the controls leave
 * @param worst the colour of the worst linked KRI; null without one
 * @param pressure share, 0 to 1: how far the KRIs push the score towards 100
 * @param current points, 0.4 to 100, to one decimal: the score
 * @param severity of {@code current} as it is shown
 */
public record RiskScore(
    int likelihood,
    int impact,
    int inherent,
    BigDecimal mitigation,
    BigDecimal residual,
    @Nullable Colour worst,
    BigDecimal pressure,
    BigDecimal current,
    Severity severity) {

  private static final BigDecimal STRONGEST_MITIGATION = new BigDecimal("0.9");
  private static final BigDecimal WEAKEST_REMAINDER = BigDecimal.ONE.subtract(STRONGEST_MITIGATION);
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final int SHOWN_DECIMALS = 6;

  /**
   * The score of a risk.
   *
   * @param controls any controls; those that are not linked to the risk or do not operate are
   *     passed over
   * @param kris any KRIs; those that are not linked to the risk are passed over
   */
  public static RiskScore of(Risk risk, Collection<Control> controls, Collection<Kri> kris) {
    List<BigDecimal> effectiveness =
        controls.stream()
            .filter(control -> risk.controls().contains(control.id()))
            .filter(control -> control.status() == Control.Status.OPERATING)
            .map(Control::effectiveness)
            .toList();
    List<Colour> colours =
        kris.stream().filter(kri -> kri.risks().contains(risk.id())).map(Kri::colour).toList();
    return of(risk.likelihood(), risk.impact(), effectiveness, colours);
  }

  /**
   * The score of a risk, from its terms alone.
   *
   * @param likelihood 1 to 5
   * @param impact 1 to 5
   * @param effectiveness of each linked operating control, 0 to 1
   * @param kris the colour of each linked KRI
   */
  public static RiskScore of(
      int likelihood, int impact, Collection<BigDecimal> effectiveness, Collection<Colour> kris) {
    int inherent = likelihood * impact * 4;
    BigDecimal remainder = remainder(effectiveness);
    BigDecimal residual = remainder.multiply(new BigDecimal(inherent));
    Colour worst = kris.stream().max(Comparator.naturalOrder()).orElse(null);
    BigDecimal pressure = worst == null ? BigDecimal.ZERO : pressure(worst);
    BigDecimal current =
        residual
            .add(HUNDRED.subtract(residual).multiply(HALF).multiply(pressure))
            .setScale(1, RoundingMode.HALF_UP);
    return new RiskScore(
        likelihood,
        impact,
        inherent,
        shown(BigDecimal.ONE.subtract(remainder)),
        shown(residual),
        worst,
        pressure,
        current,
        Severity.of(current));
  }

  /** How far a KRI of this colour pushes a score towards 100, as a share. */
  public static BigDecimal pressure(Colour colour) {
    return switch (colour) {
      case GREEN -> BigDecimal.ZERO;
      case GREY -> new BigDecimal("0.25");
      case AMBER -> HALF;
      case RED -> BigDecimal.ONE;
    };
  }

  /**
   * What the controls leave, as a share. No factor exceeds 1, so that the product can only fall and
   * need not be followed below what counts.
   */
  private static BigDecimal remainder(Collection<BigDecimal> effectiveness) {
    BigDecimal remainder = BigDecimal.ONE;
    for (BigDecimal share : effectiveness) {
      remainder = remainder.multiply(BigDecimal.ONE.subtract(share));
      if (remainder.compareTo(WEAKEST_REMAINDER) <= 0) {
        return WEAKEST_REMAINDER;
      }
    }
    return remainder;
  }

  /** Rounded for a person, without trailing zeros and without an exponent. */
  private static BigDecimal shown(BigDecimal exact) {
    BigDecimal rounded = exact.setScale(SHOWN_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
