package io.varve.query.seal;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Nodes;
import io.varve.evidence.tile.TileNodes;
import java.util.Set;

/** The inner hashes of a tree for who goes over it from left to right. */
final class PassingNodes implements Nodes {

  /** As many hashes come from at most as many tiles, of 8 KiB each. */
  private static final int KEPT = 1_000;

  private final TileNodes.Reader reader;
  private TileNodes nodes;
  private int asked;

  PassingNodes(TileNodes.Reader reader) {
    this.reader = reader;
    this.nodes = new TileNodes(reader, Set.of());
  }

  @Override
  public Hash at(int level, long index) {
    if (++asked % KEPT == 0) {
      nodes = new TileNodes(reader, Set.of());
    }
    return nodes.at(level, index);
  }
}
