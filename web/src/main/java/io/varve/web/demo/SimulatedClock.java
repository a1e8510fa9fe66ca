package io.varve.web.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved, and only ever forward. */
final class SimulatedClock extends Clock {

  private final ZoneId zone;
  private volatile Instant now;

  SimulatedClock(Instant now) {
    this(now, ZoneOffset.UTC);
  }

  private SimulatedClock(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /**
   * @throws IllegalArgumentException if that is in its past
   */
  void advanceTo(Instant time) {
    if (time.isBefore(now)) {
      throw new IllegalArgumentException("time does not go backwards");
    }
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SimulatedClock(now, other);
  }
}
