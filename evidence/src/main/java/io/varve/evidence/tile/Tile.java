package io.varve.evidence.tile;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The place of up to 256 neighbouring hashes of a tree. Each hash of the level L is the root of the
 * perfect subtree over 256^L leaves; those of level 0 are the leaves' own.
 *
 * @param level from 0, the lowest
 * @param index among the tiles of its level, from 0
 */
public record Tile(int level, long index) {

  /** How many hashes a full tile has. */
  public static final int WIDTH = 1 << Tile.HEIGHT;

  /** How many levels of the tree lie between those of two tiles. */
  public static final int HEIGHT = 8;

  /** The tiles that are not full in a tree of that size: what is needed to append to it. */
  public static Set<Tile> edge(long size) {
    var edge = new LinkedHashSet<Tile>();
    for (int level = 0; hashes(level, size) > 0; level++) {
      var last = new Tile(level, hashes(level, size) / WIDTH);
      if (last.width(size) > 0) {
        edge.add(last);
      }
    }
    return edge;
  }

  /** The tiles that proofs about a leaf in a tree of that size are made from. */
  public static Set<Tile> around(long leaf, long size) {
    var around = new LinkedHashSet<Tile>();
    for (int level = 0; hashes(level, size) > 0; level++) {
      long last = hashes(level, size) - 1;
      around.add(new Tile(level, last / WIDTH));
      around.add(new Tile(level, Math.min(hashes(level, leaf), last) / WIDTH));
    }
    return around;
  }

  /** How many hashes it has in a tree of that size. */
  int width(long size) {
    return Math.clamp(hashes(level, size) - index * WIDTH, 0, WIDTH);
  }

  private static long hashes(int level, long size) {
    int shift = level * HEIGHT;
    return shift < Long.SIZE ? size >>> shift : 0;
  }
}
