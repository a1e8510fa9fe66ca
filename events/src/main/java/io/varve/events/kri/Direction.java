package io.varve.events.kri;

import java.math.BigDecimal;

/** Which way is bad. */
public enum Direction {
  HIGHER_IS_WORSE,
  LOWER_IS_WORSE;

  /** Whether a value is as far as a threshold, or farther, in the bad direction. */
  public boolean reaches(BigDecimal value, BigDecimal threshold) {
    int difference = value.compareTo(threshold);
    return this == HIGHER_IS_WORSE ? difference >= 0 : difference <= 0;
  }
}
