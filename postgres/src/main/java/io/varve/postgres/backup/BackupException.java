package io.varve.postgres.backup;

/** A backup cannot be made or used. The message is one sentence for whoever asked. */
public final class BackupException extends RuntimeException {

  public BackupException(String message) {
    super(message);
  }

  public BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
