package io.varve.query.audit;

/** How many events there are, counted or estimated. */
record Total(long count, boolean isExact) {

  Total plus(Total other) {
    return new Total(count + other.count, isExact && other.isExact);
  }
}
