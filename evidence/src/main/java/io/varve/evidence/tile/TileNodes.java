package io.varve.evidence.tile;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.merkle.Nodes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The inner hashes of a tree that is kept in tiles, each of which is read once. */
public final class TileNodes implements Nodes {

  private final Reader reader;
  private final Map<Tile, byte[]> tiles = new HashMap<>();

  /** Reads tiles: the hashes of each, one after the other, possibly more than are asked for. */
  @FunctionalInterface
  public interface Reader {
    Map<Tile, byte[]> read(Collection<Tile> tiles);
  }

  /**
   * @param wanted the tiles that will be needed, so that they are read together
   */
  public TileNodes(Reader reader, Set<Tile> wanted) {
    this.reader = reader;
    tiles.putAll(reader.read(wanted));
  }

  /**
   * @throws IllegalStateException if a tile that this needs is not there
   */
  @Override
  public Hash at(int level, long index) {
    int above = level % Tile.HEIGHT;
    long first = index << above;
    byte[] hashes = tile(new Tile(level / Tile.HEIGHT, first / Tile.WIDTH));
    return subtree(hashes, (int) (first % Tile.WIDTH), 1 << above);
  }

  private byte[] tile(Tile tile) {
    byte[] hashes = tiles.get(tile);
    if (hashes == null) {
      Map<Tile, byte[]> found = reader.read(Set.of(tile));
      hashes = found.get(tile);
      if (hashes == null) {
        throw new IllegalStateException("there is no " + tile);
      }
      tiles.put(tile, hashes);
    }
    return hashes;
  }

  private static Hash subtree(byte[] hashes, int first, int width) {
    if (width == 1) {
      if ((first + 1) * Hash.LENGTH > hashes.length) {
        throw new IllegalStateException("a tile is too narrow");
      }
      return Hash.of(hashes, first * Hash.LENGTH);
    }
    int half = width / 2;
    return Merkle.node(subtree(hashes, first, half), subtree(hashes, first + half, half));
  }
}
