package io.varve.projections.feed;

/**
 * A range of positions: what a processor is handed instead of single events. It holds none of them,
 * so that any number of blocks may wait.
 *
 * @param after the last position before it
 * @param upTo its last position
 */
public record Block(long after, long upTo) {

  /** How many events a full block has. */
  public static final int SIZE = 1024;

  /** What follows a position, up to the next multiple of {@link #SIZE} or the head. */
  static Block following(long position, long head) {
    return new Block(position, Math.min(head, (position / SIZE + 1) * SIZE));
  }

  /** Whether there was more to read when it was made: the processor is behind. */
  public boolean full() {
    return upTo % SIZE == 0;
  }
}
