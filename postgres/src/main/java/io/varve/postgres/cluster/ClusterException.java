package io.varve.postgres.cluster;

/** The server or its folder cannot be used. The message is one sentence for whoever started it. */
public final class ClusterException extends RuntimeException {

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
