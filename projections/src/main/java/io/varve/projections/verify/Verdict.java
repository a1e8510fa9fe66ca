package io.varve.projections.verify;

import java.util.Optional;

/**
 * What a verification has found.
 *
 * @param events how many events were gone through
 * @param tenants how many tenants they are of
 * @param sealed how many of them a checkpoint covers; those after it are just not sealed yet
 * @param checkpoints how many checkpoints of tenants: the leaves of the log
 * @param logCheckpoints how many of the log
 * @param outside how many of those were compared with what is kept outside
 * @param streams how many streams were folded; 0 if that was not asked for
 * @param erased how many personal texts in those events nobody can read any more
 * @param fault the first thing that is wrong, and why; empty if nothing is
 */
public record Verdict(
    long events,
    long tenants,
    long sealed,
    long checkpoints,
    long logCheckpoints,
    long outside,
    long streams,
    long erased,
    Optional<String> fault) {

  public boolean ok() {
    return fault.isEmpty();
  }
}
