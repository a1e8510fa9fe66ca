package io.varve.evidence.merkle;

/** The inner hashes of a tree, wherever they are kept. */
@FunctionalInterface
public interface Nodes {

  /**
   * The root of the perfect subtree over the leaves from {@code index × 2^level} on, of which there
   * are {@code 2^level}.
   *
   * @param level 0 for a leaf
   */
  Hash at(int level, long index);
}
