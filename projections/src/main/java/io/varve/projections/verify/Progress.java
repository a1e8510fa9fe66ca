package io.varve.projections.verify;

/** Told how far a verification has got, often and from any thread. */
@FunctionalInterface
public interface Progress {

  /** What is being gone through. */
  enum Phase {
    /** Events, trees, checkpoints and signatures, by position. */
    SEALS,
    /** The tiles that trees are kept in. */
    TILES,
    /** Sequences, folds and diffs, stream by stream. */
    STREAMS
  }

  /**
   * @param done how many events, or tiles
   * @param total how many there are
   */
  void at(Phase phase, long done, long total);
}
