package io.varve.projections.seal;

import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.note.NoteSigner;
import io.varve.evidence.tile.Tile;
import io.varve.evidence.tile.TileTree;
import io.varve.projections.seal.SealTables.TenantTile;
import io.varve.projections.seal.SealTables.TreeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tenants' trees, as many as were used last; the others are taken up from their tiles. A tree
 * whose tiles do not have the root that was signed last is not used.
 */
final class Forest {

  private static final int KEPT = 1_000;
  private static final int PAGE = 500;
  private static final UUID LOWEST = new UUID(0, 0);

  private final SealTables tables;
  private final UUID platform;
  private final Map<UUID, Tree> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** A tenant's tree, and what signs it. */
  static final class Tree {
    final TileTree tiles;
    private @Nullable NoteSigner signer;

    private Tree(TileTree tiles) {
      this.tiles = tiles;
    }
  }

  Forest(SealTables tables, UUID platform) {
    this.tables = tables;
    this.platform = platform;
  }

  /** The trees of these tenants, each with all its leaves so far. */
  Map<UUID, Tree> trees(Collection<UUID> tenants) {
    Set<UUID> missing =
        tenants.stream().filter(tenant -> !kept.containsKey(tenant)).collect(Collectors.toSet());
    if (!missing.isEmpty()) {
      kept.putAll(load(missing));
    }
    var trees = new LinkedHashMap<UUID, Tree>();
    for (UUID tenant : tenants) {
      Tree tree = kept.get(tenant);
      if (tree != null) {
        trees.put(tenant, tree);
      }
    }
    return trees;
  }

  /** Lets go of those that were not used for the longest time. */
  void trim() {
    var oldest = kept.keySet().iterator();
    while (kept.size() > KEPT && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  /** What signs a tenant's checkpoints. */
  NoteSigner signer(UUID tenant, Tree tree, NoteSigner key) {
    NoteSigner signer = tree.signer;
    if (signer == null) {
      signer = key.named(Origin.ofTenant(platform, tenant));
      tree.signer = signer;
    }
    return signer;
  }

  /** Another key signs from here on. */
  void forgetSigners() {
    kept.values().forEach(tree -> tree.signer = null);
  }

  /**
   * Takes up every tree there is.
   *
   * @return how many leaves they have together
   * @throws SealRefusedException if the tiles of one do not have the root that was signed last
   */
  long verifyAll() {
    long leaves = 0;
    List<UUID> page = tables.tenants(LOWEST, PAGE);
    while (!page.isEmpty()) {
      for (Tree tree : load(page).values()) {
        leaves += tree.tiles.size();
      }
      page = tables.tenants(page.getLast(), PAGE);
    }
    return leaves;
  }

  private Map<UUID, Tree> load(Collection<UUID> tenants) {
    Map<UUID, TreeState> states = tables.trees(tenants);
    var edges = new ArrayList<TenantTile>();
    states.forEach(
        (tenant, state) ->
            Tile.edge(state.size()).forEach(tile -> edges.add(new TenantTile(tenant, tile))));
    Map<UUID, Map<Tile, byte[]>> tiles = tables.tiles(edges);
    var loaded = new LinkedHashMap<UUID, Tree>();
    for (UUID tenant : tenants) {
      TreeState state = states.getOrDefault(tenant, new TreeState(0, Merkle.EMPTY));
      loaded.put(tenant, new Tree(restore(state, tiles.getOrDefault(tenant, Map.of()))));
    }
    return loaded;
  }

  static TileTree restore(TreeState state, Map<Tile, byte[]> tiles) {
    try {
      var tree = new TileTree(state.size(), tiles);
      if (tree.root().equals(state.root())) {
        return tree;
      }
    } catch (IllegalArgumentException notATree) {
      throw refused(notATree);
    }
    throw refused(null);
  }

  private static SealRefusedException refused(@Nullable Throwable cause) {
    return new SealRefusedException(
        "A stored tree does not have the root that was signed last.", cause);
  }
}
