package io.varve.evidence.bundle;

import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Nodes;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that are left out, one after the other: the roots of the largest perfect subtrees that
 * they make up, from the left, so that whoever has the others still arrives at the tree's root.
 *
 * @param from the number of the first
 * @param to the number of the last
 */
record Gap(long from, long to, List<String> hashes) {

  Gap {
    hashes = List.copyOf(hashes);
  }

  static Gap of(Nodes nodes, long from, long to) {
    var hashes = new ArrayList<String>();
    for (long leaf = from - 1; leaf < to; leaf += 1L << level(leaf, to)) {
      int level = level(leaf, to);
      hashes.add(nodes.at(level, leaf >>> level).base64());
    }
    return new Gap(from, to, hashes);
  }

  /**
   * Appends what is left out.
   *
   * @throws IllegalArgumentException if it does not follow, or these are not its hashes
   */
  void appendTo(CompactRange range) {
    if (from != range.size() + 1 || to < from) {
      throw new IllegalArgumentException("it does not begin after number " + range.size());
    }
    for (String hash : hashes) {
      if (range.size() >= to) {
        throw new IllegalArgumentException("it has too many hashes");
      }
      range.append(level(range.size(), to), Hash.parse(hash));
    }
    if (range.size() != to) {
      throw new IllegalArgumentException("it has too few hashes");
    }
  }

  /** Of the largest perfect subtree that begins at a leaf and ends within the first leaves. */
  private static int level(long leaf, long leaves) {
    int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(leaves - leaf);
    return Math.min(Long.numberOfTrailingZeros(leaf), fits);
  }
}
