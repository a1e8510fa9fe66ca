package io.varve.evidence.merkle;

import java.util.ArrayList;
import java.util.List;

/** Proofs about trees, made and checked as RFC 9162, sections 2.1.3 and 2.1.4, say. */
public final class Proofs {

  private Proofs() {}

  /** The root of the tree's first leaves. */
  public static Hash root(Nodes nodes, long size) {
    return size == 0 ? Merkle.EMPTY : subtree(nodes, 0, size);
  }

  /**
   * That a leaf is in a tree: the hashes beside its path to the root, the lowest first.
   *
   * @param index of the leaf, from 0
   * @throws IndexOutOfBoundsException if a tree of that size has no such leaf
   */
  public static List<Hash> inclusion(Nodes nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("no leaf %d of %d".formatted(index, size));
    }
    var path = new ArrayList<Hash>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + split(end - begin);
      if (index < middle) {
        path.add(subtree(nodes, middle, end));
        end = middle;
      } else {
        path.add(subtree(nodes, begin, middle));
        begin = middle;
      }
    }
    return path.reversed();
  }

  /**
   * That a tree has grown from a smaller one and nothing in that was changed.
   *
   * @throws IndexOutOfBoundsException if the first is larger than the second
   */
  public static List<Hash> consistency(Nodes nodes, long from, long to) {
    if (from < 0 || from > to) {
      throw new IndexOutOfBoundsException("not from %d to %d".formatted(from, to));
    }
    var path = new ArrayList<Hash>();
    if (from == 0 || from == to) {
      return path;
    }
    long begin = 0;
    long end = to;
    boolean whole = true;
    while (from != end) {
      long middle = begin + split(end - begin);
      if (from <= middle) {
        path.add(subtree(nodes, middle, end));
        end = middle;
      } else {
        path.add(subtree(nodes, begin, middle));
        begin = middle;
        whole = false;
      }
    }
    if (!whole) {
      path.add(subtree(nodes, begin, end));
    }
    return path.reversed();
  }

  /** Whether that leaf is at that index of the tree with that size and root. */
  public static boolean verifyInclusion(
      long index, long size, Hash leaf, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Merkle.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = Merkle.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the tree of the one size and root begins with the tree of the other. */
  public static boolean verifyConsistency(
      long from, Hash fromRoot, long to, Hash toRoot, List<Hash> path) {
    if (from < 0 || from > to) {
      return false;
    }
    if (from == to || from == 0) {
      Hash begun = from == to ? toRoot : Merkle.EMPTY;
      return path.isEmpty() && fromRoot.equals(begun);
    }
    boolean perfect = Long.bitCount(from) == 1;
    if (path.isEmpty() && !perfect) {
      return false;
    }
    long node = from - 1;
    long last = to - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    Hash first = perfect ? fromRoot : path.getFirst();
    Hash second = first;
    for (Hash hash : perfect ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        first = Merkle.node(hash, first);
        second = Merkle.node(hash, second);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        second = Merkle.node(second, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && first.equals(fromRoot) && second.equals(toRoot);
  }

  /** The root over the leaves of an interval that begins where a subtree of its size can. */
  private static Hash subtree(Nodes nodes, long begin, long end) {
    long leaves = end - begin;
    if (Long.bitCount(leaves) == 1) {
      int level = Long.numberOfTrailingZeros(leaves);
      return nodes.at(level, begin >>> level);
    }
    long middle = begin + split(leaves);
    return Merkle.node(subtree(nodes, begin, middle), subtree(nodes, middle, end));
  }

  /** The largest power of two below a number of leaves. */
  private static long split(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }
}
