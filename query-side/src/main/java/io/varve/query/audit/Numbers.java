package io.varve.query.audit;

import io.varve.events.audit.NumberBlock;

/**
 * A range of a tenant's numbers.
 *
 * @param from the first
 * @param to the first that is not in it
 */
record Numbers(long from, long to) {

  static Numbers ofBlock(int block) {
    long from = (long) block * NumberBlock.SIZE;
    return new Numbers(from, from + NumberBlock.SIZE);
  }

  boolean isEmpty() {
    return from >= to;
  }

  long size() {
    return Math.max(0, to - from);
  }

  /** Those up to and with one. */
  Numbers upTo(long last) {
    return new Numbers(from, Math.min(to, last + 1));
  }

  Numbers after(long last) {
    return new Numbers(Math.max(from, last + 1), to);
  }

  /** What is left beyond one of them, in an order. */
  Numbers beyond(long last, boolean newestFirst) {
    return newestFirst ? upTo(last - 1) : after(last);
  }

  /** As many as there are of so many, from the end at which an order begins. */
  Numbers first(long count, boolean newestFirst) {
    return newestFirst
        ? new Numbers(Math.max(from, to - count), to)
        : new Numbers(from, Math.min(to, from + count));
  }
}
