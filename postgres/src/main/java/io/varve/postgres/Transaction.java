package io.varve.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction whose beginning and end are said by somebody else than its work: by a framework.
 * Whoever began it ends it, once.
 */
public final class Transaction {

  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /** The transaction's connection, until its end. */
  public Connection connection() {
    return connection;
  }

  /** Takes another scope from here on. */
  public void take(Scope scope) {
    try {
      Database.exchange(connection, scope);
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /** Ends it; its changes stay. */
  public void commit() {
    end(Database::commit);
  }

  /** Ends it; nothing of it stays. */
  public void rollback() {
    end(Database::rollback);
  }

  @FunctionalInterface
  private interface Ending {
    void apply(Connection connection) throws SQLException;
  }

  private void end(Ending ending) {
    try (connection) {
      try {
        ending.apply(connection);
      } catch (SQLException failure) {
        Database.rollback(connection, failure);
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }
}
