package io.varve.projections;

import org.jspecify.annotations.Nullable;

/**
 * How a node's projections are.
 *
 * @param running whether they were started and not stopped
 * @param lag how many events of the ledger some read model does not hold yet, on whatever node
 * @param error what keeps them from going on, for the log and not for an answer; null while all is
 *     well
 */
public record Health(boolean running, long lag, @Nullable String error) {

  public boolean ok() {
    return running && error == null;
  }
}
