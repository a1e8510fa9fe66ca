package io.varve.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long to measure, and where.
 *
 * @param rounds how many times each contender runs; its median counts
 * @param round how long it runs each time, if it runs by time
 * @param warmUp how long it runs before the first round, so that all is compiled
 * @param scale 1 for the sizes that the targets are for; less for trying a benchmark out
 * @param folder where data is kept while it is needed
 */
public record Effort(int rounds, Duration round, Duration warmUp, double scale, Path folder) {

  /** So many rows, streams or events, scaled. */
  public int scaled(int size) {
    return Math.max(1, (int) (size * scale));
  }
}
