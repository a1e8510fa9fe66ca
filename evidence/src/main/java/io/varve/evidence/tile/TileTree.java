package io.varve.evidence.tile;

import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growing tree that is kept in tiles: it holds those at its right edge and hands out what has
 * changed. Not thread-safe.
 */
public final class TileTree {

  private final List<Edge> edges = new ArrayList<>();
  private final Map<Tile, byte[]> filled = new LinkedHashMap<>();
  private long size;

  /** Of a tree without a leaf. */
  public TileTree() {}

  /**
   * As it was when it had that size.
   *
   * @param edge the hashes of the tiles of {@link Tile#edge}
   * @throws IllegalArgumentException if these are not the tiles of a tree of that size
   */
  public TileTree(long size, Map<Tile, byte[]> edge) {
    this.size = size;
    for (Tile tile : Tile.edge(size)) {
      byte[] hashes = edge.get(tile);
      if (hashes == null || hashes.length != tile.width(size) * Hash.LENGTH) {
        throw new IllegalArgumentException("no %s of a tree of %d leaves".formatted(tile, size));
      }
      Edge restored = edge(tile.level());
      restored.index = tile.index();
      for (int offset = 0; offset < hashes.length; offset += Hash.LENGTH) {
        restored.add(Hash.of(hashes, offset));
      }
      restored.grown = false;
    }
    for (int level = 0; level < edges.size(); level++) {
      edge(level).index = size >>> ((level + 1) * Tile.HEIGHT);
    }
  }

  public long size() {
    return size;
  }

  public void append(Hash leaf) {
    append(0, leaf);
    size++;
  }

  /** The root of the tree as it is now. */
  public Hash root() {
    @Nullable Hash root = null;
    for (Edge edge : edges) {
      for (Hash peak : edge.range.peaks().reversed()) {
        root = root == null ? peak : Merkle.node(peak, root);
      }
    }
    return Objects.requireNonNullElse(root, Merkle.EMPTY);
  }

  /** The tiles that have changed since this was last asked, with their hashes. */
  public Map<Tile, byte[]> changed() {
    var changed = new LinkedHashMap<>(filled);
    filled.clear();
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edge(level);
      if (edge.grown) {
        changed.put(new Tile(level, edge.index), edge.bytes());
        edge.grown = false;
      }
    }
    return changed;
  }

  private void append(int level, Hash hash) {
    Edge edge = edge(level);
    edge.add(hash);
    if (edge.range.size() == Tile.WIDTH) {
      filled.put(new Tile(level, edge.index), edge.bytes());
      append(level + 1, edge.range.root());
      edge.next();
    }
  }

  private Edge edge(int level) {
    while (edges.size() <= level) {
      edges.add(new Edge());
    }
    return edges.get(level);
  }

  /** The last tile of a level, which is not full. */
  private static final class Edge {

    private CompactRange range = new CompactRange();
    private byte[] hashes = new byte[16 * Hash.LENGTH];
    private long index;
    private boolean grown;

    void add(Hash hash) {
      int offset = (int) range.size() * Hash.LENGTH;
      if (offset == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
      }
      hash.copyTo(hashes, offset);
      range.append(hash);
      grown = true;
    }

    byte[] bytes() {
      return Arrays.copyOf(hashes, (int) range.size() * Hash.LENGTH);
    }

    void next() {
      range = new CompactRange();
      index++;
      grown = false;
    }
  }
}
