package io.varve.events.catalog;

/** The ledger holds an event that this version of the program does not know. */
public final class UnknownEventTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownEventTypeException(String name, int revision) {
    super("No event type \"" + name + "\" of revision " + revision + " is known.");
  }
}
