package io.varve.projections.seal.sink;

import org.jspecify.annotations.Nullable;

/** A place outside cannot be used, or holds something else already. The message is a sentence. */
public final class SinkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SinkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
