package io.varve.projections.seal;

import org.jspecify.annotations.Nullable;

/**
 * How a node's sealing is.
 *
 * @param problem what keeps it from sealing or from delivering, for the log and not for an answer;
 *     null while all is well, also where another node seals
 */
public record SealHealth(boolean running, @Nullable String problem) {

  public boolean ok() {
    return running && problem == null;
  }
}
