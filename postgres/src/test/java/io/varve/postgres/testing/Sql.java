package io.varve.postgres.testing;

import io.varve.postgres.ConnectionSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Plain SQL on a connection of its own, outside of every scope: for tests that look or attack. */
public final class Sql {

  private Sql() {}

  public static Connection connect(ConnectionSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  public static void run(ConnectionSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the only row. */
  public static @Nullable String one(ConnectionSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new AssertionError("no row: " + sql);
      }
      String value = row.getString(1);
      if (row.next()) {
        throw new AssertionError("more than one row: " + sql);
      }
      return value;
    }
  }
}
