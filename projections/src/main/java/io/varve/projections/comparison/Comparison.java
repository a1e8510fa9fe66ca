package io.varve.projections.comparison;

import java.util.List;

/**
 * What came of comparing the read models with the ledger.
 *
 * @param events that were folded
 * @param streams that were compared
 * @param behind streams whose documents do not hold their last events yet, which is no difference
 *     while the read models have not got there
 * @param differing streams whose documents are not their fold, and documents of no stream
 * @param first the first of them, one of each
 */
public record Comparison(
    long events, long streams, long behind, long differing, List<Difference> first) {

  public Comparison {
    first = List.copyOf(first);
  }

  public boolean ok() {
    return differing == 0;
  }
}
