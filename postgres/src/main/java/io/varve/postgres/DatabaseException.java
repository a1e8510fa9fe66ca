package io.varve.postgres;

import java.sql.SQLException;
import java.util.Set;

/** The database refused or could not be reached. Its text never goes into an answer. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String NULL_VIOLATION = "23502";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** Waiting for a lock, running a statement, standing idle in a transaction, a transaction. */
  private static final Set<String> TIMEOUTS = Set.of("55P03", "57014", "25P03", "25P04");

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

  public boolean isNullViolation() {
    return sqlState.equals(NULL_VIOLATION);
  }

  public boolean isInsufficientPrivilege() {
    return sqlState.equals(INSUFFICIENT_PRIVILEGE);
  }

  /**
   * Whether it is the connection or the server that failed, or that took too long, so that trying
   * again may work.
   */
  public boolean isUnavailable() {
    return sqlState.isEmpty()
        || TIMEOUTS.contains(sqlState)
        || sqlState.startsWith("08")
        || sqlState.startsWith("53")
        || sqlState.startsWith("57P");
  }
}
