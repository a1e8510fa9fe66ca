package io.varve.postgres;

import java.sql.SQLException;

/** The database refused or could not be reached. Its text never goes into an answer. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final String sqlState;

  private DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
    this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  public static DatabaseException of(SQLException cause) {
    return new DatabaseException(cause);
  }

  public String sqlState() {
    return sqlState;
  }

  public boolean isUniqueViolation() {
    return sqlState.equals(UNIQUE_VIOLATION);
  }

  public boolean isInsufficientPrivilege() {
    return sqlState.equals(INSUFFICIENT_PRIVILEGE);
  }

  /** Whether it is the connection or the server that failed, so that trying again may work. */
  public boolean isUnavailable() {
    return sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState.isEmpty();
  }
}
