package io.varve.evidence.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: the roots of the perfect subtrees that its leaves make up, the
 * largest first. All that is needed to append to a tree of any size and to know its root. Not
 * thread-safe.
 */
public final class CompactRange {

  private static final int HIGHEST = 62;

  private final List<Hash> peaks = new ArrayList<>();
  private long size;

  /** Of a tree without a leaf. */
  public CompactRange() {}

  /**
   * As it was when it had these {@link #size()} and {@link #peaks()}.
   *
   * @throws IllegalArgumentException if a tree of that size has another number of peaks
   */
  public CompactRange(long size, List<Hash> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException("%d peaks for %d leaves".formatted(peaks.size(), size));
    }
    this.size = size;
    this.peaks.addAll(peaks);
  }

  public long size() {
    return size;
  }

  /** The roots of the perfect subtrees, the largest first: one for each bit of the size. */
  public List<Hash> peaks() {
    return List.copyOf(peaks);
  }

  /** Appends a leaf by its hash. */
  public void append(Hash leaf) {
    append(0, leaf);
  }

  /**
   * Appends 2^level leaves at once by the root of the perfect subtree that they are.
   *
   * @throws IllegalArgumentException if such a subtree cannot begin after so many leaves
   */
  public void append(int level, Hash subtree) {
    long leaves = 1L << level;
    if (level < 0 || level > HIGHEST || (size & (leaves - 1)) != 0) {
      throw new IllegalArgumentException(
          "a subtree of level %d cannot begin at %d".formatted(level, size));
    }
    Hash merged = subtree;
    for (long bits = size >>> level; (bits & 1) == 1; bits >>>= 1) {
      merged = Merkle.node(peaks.removeLast(), merged);
    }
    peaks.add(merged);
    size = Math.addExact(size, leaves);
  }

  /** The root of the tree as it is now. */
  public Hash root() {
    if (peaks.isEmpty()) {
      return Merkle.EMPTY;
    }
    Hash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = Merkle.node(peaks.get(i), root);
    }
    return root;
  }
}
