package io.varve.postgres.keyfile;

import org.jspecify.annotations.Nullable;

/** A key file cannot be used. The message is one sentence for the operator, and tells no secret. */
public final class KeyFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
