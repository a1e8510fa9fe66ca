package io.varve.events.diff;

/** A diff was applied to a document that it was not made from. */
public final class DiffMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DiffMismatchException(String path, String what) {
    super("The change at \"" + path + "\" " + what + ".");
  }
}
