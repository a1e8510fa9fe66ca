package io.varve.web.limit;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many requests are answered in a window of time, which begins with the first of them.
 *
 * @param name what is limited
 * @param precision how exactly the nodes agree on what was used
 */
record Limit(String name, int requests, Duration per, Precision precision) {

  enum Precision {
    /** Every request is counted in the database before it is answered. */
    EXACT,
    /** Every node counts for itself for a moment: a second, or a twentieth of the limit. */
    CLOSE
  }

  Limit {
    if (requests < 1 || !per.isPositive()) {
      throw new IllegalArgumentException("The limit " + name + " would let nobody in.");
    }
  }

  BucketConfiguration bucket() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(requests).refillIntervally(requests, per))
        .build();
  }

  /** The requests that a node may answer before it tells the others. */
  int untold() {
    return Math.max(1, requests / 20);
  }
}
