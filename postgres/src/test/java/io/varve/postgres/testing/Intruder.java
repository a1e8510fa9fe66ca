package io.varve.postgres.testing;

import io.varve.postgres.ConnectionSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;

/**
 * Someone who can send whatever SQL they like over one connection. Each attempt is undone before
 * the next.
 */
public final class Intruder implements AutoCloseable {

  /** What the server says when a privilege is missing or a policy's check fails. */
  public static final String DENIED = "42501";

  public static final String DONE = "00000";

  private static final String TAKE_SCOPE =
      """
      select set_config('role', ?, true), set_config('varve.tenant_id', ?, true), set_config('varve.tenant_ids', ?, true)
      """;

  private static final String TAKE_ROLE =
      """
      select set_config('role', ?, true)
      """;

  private final Connection connection;

  /**
   * What came of an attempt.
   *
   * @param state the SQLSTATE, {@link #DONE} without an error
   * @param text all that the server told: message, detail, hint, context
   * @param rows the first column of what was returned
   * @param touched how many rows were changed
   */
  public record Outcome(String state, String text, List<String> rows, int touched) {}

  public Intruder(ConnectionSettings settings) throws SQLException {
    connection = Sql.connect(settings);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '5s'");
    }
    connection.commit();
  }

  public Connection connection() {
    return connection;
  }

  /**
   * From here on in a new transaction, under a role and with a tenant, as the application would.
   */
  public Intruder as(String role, String tenant) throws SQLException {
    connection.rollback();
    return take(TAKE_SCOPE, role, tenant, tenant);
  }

  /** Under a role, with the tenant's settings left as they are. */
  public Intruder as(String role) throws SQLException {
    connection.rollback();
    return take(TAKE_ROLE, role);
  }

  /** Undoes what has been done since a role was taken, and lets go of every lock. */
  public void undo() throws SQLException {
    connection.rollback();
  }

  public Outcome attempt(String sql) throws SQLException {
    var savepoint = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      boolean query = statement.execute(sql);
      int touched = query ? 0 : Math.max(statement.getUpdateCount(), 0);
      if (query) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            rows.add(String.valueOf(result.getString(1)));
          }
        }
      }
      connection.rollback(savepoint);
      return new Outcome(DONE, "", rows, touched);
    } catch (PSQLException refusal) {
      connection.rollback(savepoint);
      return new Outcome(
          String.valueOf(refusal.getSQLState()),
          refusal.getMessage() + "\n" + refusal.getServerErrorMessage(),
          List.of(),
          0);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }

  private Intruder take(String sql, String... settings) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < settings.length; i++) {
        statement.setString(i + 1, settings[i]);
      }
      statement.execute();
    }
    return this;
  }
}
