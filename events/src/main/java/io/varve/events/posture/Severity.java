package io.varve.events.posture;

import java.math.BigDecimal;

/** How bad a score is, from the least to the most. */
public enum Severity {
  /** Below 25. */
  LOW,
  /** 25 to below 50. */
  MODERATE,
  /** 50 to below 75. */
  HIGH,
  /** 75 and above. */
  CRITICAL;

  /**
   * @param score 0 to 100, as it is shown: rounded to one decimal
   */
  public static Severity of(BigDecimal score) {
    return switch (score.intValue() / 25) {
      case 0 -> LOW;
      case 1 -> MODERATE;
      case 2 -> HIGH;
      default -> CRITICAL;
    };
  }
}
