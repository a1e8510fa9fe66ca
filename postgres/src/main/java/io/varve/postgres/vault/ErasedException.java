package io.varve.postgres.vault;

import io.varve.events.Refusal;

/** Nothing is sealed any more about somebody whose key was destroyed: there is never another. */
public final class ErasedException extends Refusal {

  private static final long serialVersionUID = 1L;

  ErasedException() {
    super(Kind.CONFLICT, "subject-erased", "What was known of this person was erased for good.");
  }
}
