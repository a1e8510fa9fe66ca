package io.varve.postgres.vault;

import org.jspecify.annotations.Nullable;

/** A key cannot be used, or what is opened was not sealed as it stands. */
public final class VaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for the operator, without anything secret
   */
  VaultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
