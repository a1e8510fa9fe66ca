package io.varve.command.control.oscal;

import io.varve.events.rule.Violation;

/** A JSON document has not the shape of an OSCAL catalog. */
public final class NotACatalogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  NotACatalogException(Violation violation) {
    super(violation.pointer() + " " + violation.message());
    this.violation = violation;
  }

  /** Where it goes wrong first, and how. */
  public Violation violation() {
    return violation;
  }
}
