package io.varve.projections.seal;

import java.time.Duration;

/**
 * How a node seals.
 *
 * @param pause for how long events are gathered before they are sealed together
 * @param events how many events are sealed together at most; that many do not wait
 * @param idle after how long the log gets a checkpoint although nothing was sealed
 * @param lease after which the lead of a node that is gone is anybody's
 */
public record SealSettings(Duration pause, int events, Duration idle, Duration lease) {

  /** An event is sealed within ten seconds also where the leading node has just died. */
  public static final SealSettings DEFAULT =
      new SealSettings(
          Duration.ofSeconds(2), 10_000, Duration.ofSeconds(10), Duration.ofSeconds(6));
}
