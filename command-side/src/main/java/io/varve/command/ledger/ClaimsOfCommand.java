package io.varve.command.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What all the events of one command take and free in the end. A value that one of them takes and a
 * later one frees again was never held by anybody, and the other way round was never given up.
 */
final class ClaimsOfCommand {

  private final Set<PendingClaim> taken = new LinkedHashSet<>();
  private final Set<PendingClaim> freed = new LinkedHashSet<>();

  void take(PendingClaim claim) {
    if (!freed.remove(claim)) {
      taken.add(claim);
    }
  }

  void free(PendingClaim claim) {
    if (!taken.remove(claim)) {
      freed.add(claim);
    }
  }

  List<PendingClaim> taken() {
    return List.copyOf(taken);
  }

  List<PendingClaim> freed() {
    return List.copyOf(freed);
  }
}
