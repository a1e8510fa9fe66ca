package io.varve.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofsTest {

  private static final int LARGEST = 70;
  private final Tree tree = Tree.of(LARGEST);

  /** The leaves and roots with which Certificate Transparency's own implementations are tested. */
  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThoseOfCertificateTransparency(int size, String root) {
    List<String> leaves =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    var range = new CompactRange();
    leaves.subList(0, size).forEach(l -> range.append(Merkle.leaf(HexFormat.of().parseHex(l))));

    assertThat(range.root()).hasToString(root);
  }

  @Test
  void aCompactRangeGrowsAsTheTreeDoesAndCanBeTakenUpAnywhere() {
    var range = new CompactRange();
    for (int size = 0; size < LARGEST; size++) {
      assertThat(range.root()).isEqualTo(tree.root(size)).isEqualTo(Proofs.root(tree, size));
      range = new CompactRange(range.size(), range.peaks());
      range.append(tree.leaf(size));
    }
  }

  @Test
  void wholeSubtreesCanBeAppendedWhereTheyBelong() {
    var range = new CompactRange();
    range.append(4, tree.at(4, 0));
    range.append(tree.leaf(16));
    assertThatThrownBy(() -> range.append(1, tree.at(1, 8)))
        .isInstanceOf(IllegalArgumentException.class);
    range.append(0, tree.leaf(17));
    range.append(1, tree.at(1, 9));

    assertThat(range.root()).isEqualTo(tree.root(20));
  }

  @Test
  void everyLeafOfEveryTreeIsProvedToBeWhereItIsAndNowhereElse() {
    for (int size = 1; size <= LARGEST; size++) {
      Hash root = tree.root(size);
      for (int index = 0; index < size; index++) {
        List<Hash> path = Proofs.inclusion(tree, index, size);
        assertThat(Proofs.verifyInclusion(index, size, tree.leaf(index), path, root)).isTrue();
        for (int other = 0; other < size; other++) {
          assertThat(Proofs.verifyInclusion(other, size, tree.leaf(index), path, root))
              .isEqualTo(other == index);
        }
        assertThat(Proofs.verifyInclusion(index, size, tree.leaf(size % LARGEST), path, root))
            .isEqualTo(size % LARGEST == index);
        for (List<Hash> damaged : damages(path)) {
          assertThat(Proofs.verifyInclusion(index, size, tree.leaf(index), damaged, root))
              .isFalse();
        }
      }
    }
  }

  @Test
  void everyTwoTreesAreProvedToBeConsistentAndNoOthers() {
    for (int to = 0; to <= LARGEST; to++) {
      for (int from = 0; from <= to; from++) {
        List<Hash> path = Proofs.consistency(tree, from, to);
        Hash first = tree.root(from);
        Hash second = tree.root(to);
        assertThat(Proofs.verifyConsistency(from, first, to, second, path)).isTrue();
        Hash wrong = Merkle.leaf(new byte[] {1, 2, 3});
        assertThat(Proofs.verifyConsistency(from, wrong, to, second, path)).isFalse();
        // From nothing, every tree follows; that the second is the right one is not in question.
        assertThat(Proofs.verifyConsistency(from, first, to, wrong, path))
            .isEqualTo(from == 0 && to > 0);
        for (List<Hash> damaged : damages(path)) {
          assertThat(Proofs.verifyConsistency(from, first, to, second, damaged)).isFalse();
        }
      }
    }
  }

  @Test
  void thereIsNoProofOfWhatIsNotThere() {
    assertThatThrownBy(() -> Proofs.inclusion(tree, 5, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Proofs.consistency(tree, 6, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(Proofs.verifyInclusion(-1, 5, tree.leaf(0), List.of(), tree.root(5))).isFalse();
    assertThat(Proofs.verifyConsistency(6, tree.root(6), 5, tree.root(5), List.of())).isFalse();
  }

  /** One hash more, one less, two in the other order, one that is another. */
  private static List<List<Hash>> damages(List<Hash> path) {
    var damages = new ArrayList<List<Hash>>();
    var longer = new ArrayList<>(path);
    longer.add(Merkle.EMPTY);
    damages.add(longer);
    if (!path.isEmpty()) {
      damages.add(path.subList(0, path.size() - 1));
      var other = new ArrayList<>(path);
      other.set(path.size() / 2, Merkle.EMPTY);
      damages.add(other);
    }
    if (path.size() > 1) {
      damages.add(path.reversed());
    }
    return damages;
  }
}
