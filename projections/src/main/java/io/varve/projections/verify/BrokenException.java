package io.varve.projections.verify;

import io.varve.evidence.ledger.Envelope;

/** Something is not as it was written or sealed. The message says which event or seal, and why. */
final class BrokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenException(String message) {
    super(message);
  }

  /** An event that is not right. */
  static BrokenException of(Envelope event, String what) {
    return new BrokenException(
        "Event %d of tenant %s (%s, stream %s, sequence %d) %s"
            .formatted(
                event.number(), event.tenant(), event.type(), event.id(), event.sequence(), what));
  }
}
