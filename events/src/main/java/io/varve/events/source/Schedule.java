package io.varve.events.source;

import java.time.Duration;

/** How often a source is expected to deliver a value. */
public enum Schedule {
  MANUAL(Duration.ofDays(90)),
  HOURLY(Duration.ofHours(2)),
  DAILY(Duration.ofDays(2)),
  WEEKLY(Duration.ofDays(14));

  private final Duration freshFor;

  Schedule(Duration freshFor) {
    this.freshFor = freshFor;
  }

  /**
   * How long a value stays fresh: twice the time between two values, or 90 days where people bring
   * them. A value exactly as old is still fresh.
   */
  public Duration freshFor() {
    return freshFor;
  }
}
