package io.varve.command.ledger;

/** A tenant cannot be imported here. Its message is a sentence without its end. */
public final class ImportRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ImportRefusedException(String message) {
    super(message);
  }

  ImportRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
