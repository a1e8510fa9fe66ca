package io.varve.projections.verify;

import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.tile.Tile;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerScan;
import io.varve.projections.verify.SealRows.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tiles that the trees are kept in, and proofs are made from: they must be those of the trees
 * that were sealed.
 */
final class StoredTiles {

  private static final String OF_TENANT =
      """
      select index, hashes
        from ledger.tile
       where tenant_id = ? and level = ? and index >= ?
       order by index
       limit ?
      """;

  private static final String OF_LOG =
      """
      select index, hashes
        from ledger.log_tile
       where level = ? and index >= ?
       order by index
       limit ?
      """;

  private static final int PAGE = 64;

  private final Database database;
  private final LedgerScan ledger;

  /** The hashes of a tile. */
  private record Stored(long index, List<Hash> hashes) {

    static Stored read(ResultSet row) throws SQLException {
      byte[] bytes = row.getBytes(2);
      var hashes = new ArrayList<Hash>();
      for (int offset = 0; offset + Hash.LENGTH <= bytes.length; offset += Hash.LENGTH) {
        hashes.add(Hash.of(bytes, offset));
      }
      return new Stored(row.getLong(1), hashes);
    }
  }

  StoredTiles(Database database) {
    this.database = database;
    this.ledger = new LedgerScan(database);
  }

  /**
   * Checks the tiles of a tenant's tree, or of the log's where no tenant is given. They may hold
   * more than what is asked about, for trees grow meanwhile.
   *
   * @param read told of each tile
   */
  void check(@Nullable UUID tenant, long size, Hash root, Runnable read) {
    var tree = new CompactRange();
    var roots = new ArrayList<Hash>();
    forEach(
        new Level(tenant, 0, size),
        (index, hashes) -> {
          if (hashes.size() == Tile.WIDTH) {
            roots.add(rootOf(hashes));
            tree.append(Tile.HEIGHT, roots.getLast());
          } else {
            hashes.forEach(tree::append);
          }
          read.run();
        });
    if (!tree.root().equals(root)) {
      throw new Level(tenant, 0, size).broken(0);
    }
    checkAbove(tenant, roots, read);
  }

  /**
   * What is wrong with events that do not make up the tree that was sealed: the first whose hash is
   * not the one that was kept; or all of them, if the hashes that were kept are gone.
   *
   * @param agreed how many events make up what was sealed of them
   */
  BrokenException firstDifference(UUID tenant, long agreed, Entry sealed) {
    long from = agreed - agreed % Tile.WIDTH;
    for (; from < sealed.size(); from += Tile.WIDTH) {
      List<Hash> kept = kept(tenant, from / Tile.WIDTH);
      for (Envelope event :
          ledger.ofTenant(Scope.projector(), tenant, from, sealed.size(), Tile.WIDTH)) {
        int place = Math.toIntExact(event.number() - 1 - from);
        if (place >= kept.size() || !kept.get(place).equals(event.leafHash())) {
          return BrokenException.of(event, "is not as it was sealed");
        }
      }
    }
    return new BrokenException(
        ("Events %d to %d of tenant %s are not those that were sealed, and the hashes of their tree"
                + " were changed with them")
            .formatted(agreed + 1, sealed.size(), tenant));
  }

  private List<Hash> kept(UUID tenant, long tile) {
    return page(tenant, 0, tile, 1).stream()
        .filter(stored -> stored.index() == tile)
        .findFirst()
        .map(Stored::hashes)
        .orElse(List.of());
  }

  /** Each hash of a level is the root of a full tile of the level below. */
  private void checkAbove(@Nullable UUID tenant, List<Hash> below, Runnable read) {
    List<Hash> expected = below;
    for (int number = 1; !expected.isEmpty(); number++) {
      var level = new Level(tenant, number, expected.size());
      List<Hash> known = expected;
      var roots = new ArrayList<Hash>();
      forEach(
          level,
          (index, hashes) -> {
            int from = Math.toIntExact(index * Tile.WIDTH);
            if (!hashes.equals(known.subList(from, from + hashes.size()))) {
              throw level.broken(index);
            }
            if (hashes.size() == Tile.WIDTH) {
              roots.add(rootOf(hashes));
            }
            read.run();
          });
      expected = roots;
    }
  }

  private static Hash rootOf(List<Hash> hashes) {
    var range = new CompactRange();
    hashes.forEach(range::append);
    return range.root();
  }

  /** The tiles of one level, as far as they hold the first so many hashes. */
  private record Level(@Nullable UUID tenant, int number, long hashes) {

    long tiles() {
      return (hashes + Tile.WIDTH - 1) / Tile.WIDTH;
    }

    BrokenException broken(long index) {
      return new BrokenException(
          "The tile %d of level %d of %s is not that of the tree that was sealed"
              .formatted(index, number, tenant == null ? "the log" : "tenant " + tenant));
    }
  }

  @FunctionalInterface
  private interface Take {
    void tile(long index, List<Hash> hashes);
  }

  private void forEach(Level level, Take take) {
    long index = 0;
    while (index < level.tiles()) {
      List<Stored> page = page(level.tenant(), level.number(), index, PAGE);
      if (page.isEmpty()) {
        throw level.broken(index);
      }
      for (Stored tile : page.subList(0, (int) Math.min(page.size(), level.tiles() - index))) {
        int width = (int) Math.min(Tile.WIDTH, level.hashes() - index * Tile.WIDTH);
        if (tile.index() != index || tile.hashes().size() < width) {
          throw level.broken(index);
        }
        take.tile(index, tile.hashes().subList(0, width));
        index++;
      }
    }
  }

  private List<Stored> page(@Nullable UUID tenant, int level, long from, int limit) {
    return database.query(
        Scope.projector(),
        tenant == null ? OF_LOG : OF_TENANT,
        (statement, first) -> {
          int next = first;
          if (tenant != null) {
            statement.setObject(next++, tenant);
          }
          statement.setInt(next++, level);
          statement.setLong(next++, from);
          statement.setInt(next, limit);
        },
        Stored::read);
  }
}
