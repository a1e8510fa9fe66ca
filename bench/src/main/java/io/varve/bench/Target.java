package io.varve.bench;

import java.util.Locale;

/** What a ratio, or a value that has no peer, must come to. */
public record Target(Bound bound, double value) {

  /** On which side of the target is good. */
  public enum Bound {
    AT_LEAST,
    AT_MOST
  }

  public static Target atLeast(double value) {
    return new Target(Bound.AT_LEAST, value);
  }

  public static Target atMost(double value) {
    return new Target(Bound.AT_MOST, value);
  }

  boolean isMetBy(double measured) {
    return switch (bound) {
      case AT_LEAST -> measured >= value;
      case AT_MOST -> measured <= value;
    };
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4g", bound == Bound.AT_LEAST ? "≥" : "≤", value)
        .replaceFirst("\\.?0+$", "");
  }
}
