package io.varve.projections;

import java.time.Duration;

/**
 * How a node projects.
 *
 * @param segments into how many parts the tenants are split: a power of two, at least as many as
 *     there are threads on all nodes; fixed once the processor has started for the first time
 * @param threads how many segments of this node are worked on at once
 * @param maxSegments how many segments this node takes at most
 * @param blocksPerBatch how many blocks of 1,024 events one transaction covers at most
 * @param claimTimeout after which a segment of a node that is gone is anybody's
 */
public record Settings(
    int segments, int threads, int maxSegments, int blocksPerBatch, Duration claimTimeout) {

  public static final Settings DEFAULT = new Settings(4, 2, 4, 128, Duration.ofSeconds(30));

  Settings withThreads(int fewer) {
    return new Settings(segments, fewer, maxSegments, blocksPerBatch, claimTimeout);
  }
}
