package io.varve.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.merkle.Nodes;
import io.varve.evidence.merkle.Proofs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TileTreeTest {

  private final Map<Tile, byte[]> stored = new HashMap<>();
  private final List<Hash> roots = new ArrayList<>(List.of(Merkle.EMPTY));
  private final CompactRange reference = new CompactRange();
  private int reads;

  @Test
  void aTreeInTilesHasTheRootOfTheTreeHoweverOftenItIsPutAwayAndTakenUp() {
    var random = new Random(1);
    long size = 0;
    while (size < 70_000) {
      var tree = new TileTree(size, read(Tile.edge(size)));
      assertThat(tree.root()).isEqualTo(roots.get((int) size));
      for (int more = 1 + random.nextInt(random.nextBoolean() ? 5 : 3000); more > 0; more--) {
        tree.append(leaf(size++));
        reference.append(leaf(size - 1));
        roots.add(reference.root());
      }
      assertThat(tree.size()).isEqualTo(size);
      assertThat(tree.root()).isEqualTo(reference.root());
      stored.putAll(tree.changed());
      assertThat(tree.changed()).isEmpty();
    }
    proofsAreMadeFromAFewTiles(random, size);
  }

  private void proofsAreMadeFromAFewTiles(Random random, long size) {
    for (int i = 0; i < 300; i++) {
      long to = 1 + random.nextLong(i % 2 == 0 ? size : 1000);
      long leaf = random.nextLong(to);
      reads = 0;
      List<Hash> path = Proofs.inclusion(nodes(leaf, to), leaf, to);
      assertThat(Proofs.verifyInclusion(leaf, to, leaf(leaf), path, roots.get((int) to))).isTrue();
      assertThat(reads).isEqualTo(1);
      reads = 0;
      path = Proofs.consistency(nodes(leaf, to), leaf, to);
      assertThat(
              Proofs.verifyConsistency(leaf, roots.get((int) leaf), to, roots.get((int) to), path))
          .isTrue();
      assertThat(reads).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void whatIsNoEdgeOfATreeIsNotTakenUp() {
    var tree = new TileTree();
    for (long i = 0; i < 300; i++) {
      tree.append(leaf(i));
    }
    stored.putAll(tree.changed());
    assertThat(stored.keySet()).containsExactlyInAnyOrder(t(0, 0), t(0, 1), t(1, 0));
    assertThatThrownBy(() -> new TileTree(301, stored))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TileTree(300, Map.of(t(0, 1), stored.get(t(0, 1)))))
        .isInstanceOf(IllegalArgumentException.class);
    Nodes nodes = nodes(299, 300);
    assertThatThrownBy(() -> nodes.at(0, 300)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> nodes.at(0, 1000)).isInstanceOf(IllegalStateException.class);
  }

  private static Tile t(int level, long index) {
    return new Tile(level, index);
  }

  private Nodes nodes(long leaf, long size) {
    return new TileNodes(this::read, Tile.around(leaf, size));
  }

  private Map<Tile, byte[]> read(Collection<Tile> tiles) {
    reads++;
    return Set.copyOf(tiles).stream()
        .filter(stored::containsKey)
        .collect(Collectors.toMap(tile -> tile, stored::get));
  }

  private static Hash leaf(long index) {
    return Merkle.leaf(ByteBuffer.allocate(8).putLong(index).array());
  }
}
