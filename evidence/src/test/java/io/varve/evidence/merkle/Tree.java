package io.varve.evidence.merkle;

import java.util.ArrayList;
import java.util.List;

/** A tree in memory, hashed by the recursive definition alone. */
final class Tree implements Nodes {

  private final List<Hash> leaves = new ArrayList<>();

  Tree add(byte[] leaf) {
    leaves.add(Merkle.leaf(leaf));
    return this;
  }

  static Tree of(int size) {
    var tree = new Tree();
    for (int i = 0; i < size; i++) {
      tree.add(new byte[] {(byte) i, (byte) (i >> 8)});
    }
    return tree;
  }

  Hash leaf(int index) {
    return leaves.get(index);
  }

  Hash root(int size) {
    return size == 0 ? Merkle.EMPTY : root(leaves.subList(0, size));
  }

  @Override
  public Hash at(int level, long index) {
    int from = Math.toIntExact(index << level);
    return root(leaves.subList(from, from + (1 << level)));
  }

  private static Hash root(List<Hash> of) {
    if (of.size() == 1) {
      return of.getFirst();
    }
    int split = Integer.highestOneBit(of.size() - 1);
    return Merkle.node(root(of.subList(0, split)), root(of.subList(split, of.size())));
  }
}
