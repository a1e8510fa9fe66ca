package io.varve.projections.seal;

import org.jspecify.annotations.Nullable;

/**
 * Nothing may be sealed: what there is does not agree with itself, or with what has gone out. The
 * message is for the operator's log, and says no tenant's name.
 */
final class SealRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SealRefusedException(String message) {
    this(message, null);
  }

  SealRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
