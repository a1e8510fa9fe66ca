package io.varve.evidence.bundle;

/**
 * A bundle is not what it says, or none at all. The message says what is wrong first, in a line.
 */
public final class BadBundleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadBundleException(String message) {
    super(message);
  }

  BadBundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
