package io.varve.postgres.cluster;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a superuser prepares once so that no one needs to be superuser again: the role {@code
 * varve_owner}, which may create roles and owns a database, and that database without the doors
 * that PostgreSQL leaves open for everybody. {@code Migrations} goes on from there as the owner.
 */
public final class OwnedDatabase {

  public static final String OWNER = "varve_owner";

  private OwnedDatabase() {}

  /**
   * Makes role and database where they are missing; harmless when they are there.
   *
   * @param superuser settings for the maintenance database {@code postgres}
   * @return the owner's settings for the database {@code name}
   */
  public static ConnectionSettings prepare(
      ConnectionSettings superuser, String name, String ownerPassword) throws SQLException {
    try (Connection connection = Connections.open(superuser)) {
      prepareOwner(connection, ownerPassword);
      if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
        execute(connection, "create database %I owner %I", name, OWNER);
        execute(connection, "revoke all on database %I from public", name);
      }
    }
    ConnectionSettings inside = in(superuser, name);
    Migrations.harden(inside);
    return new ConnectionSettings(inside.url(), OWNER, ownerPassword);
  }

  /** The same settings for another database of the same server. */
  public static ConnectionSettings in(ConnectionSettings settings, String database) {
    String url = settings.url().replaceFirst("/[^/?]*(\\?.*)?$", "/" + database + "$1");
    return new ConnectionSettings(url, settings.user(), settings.password());
  }

  private static void prepareOwner(Connection connection, String password) throws SQLException {
    if (!exists(connection, "select 1 from pg_roles where rolname = ?", OWNER)) {
      execute(
          connection,
          "create role %I login createrole nosuperuser nocreatedb nobypassrls noreplication",
          OWNER);
    }
    execute(connection, "alter role %I password %L", OWNER, password);
    execute(connection, "revoke all on database postgres, template1 from public");
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * DDL takes no parameters, so PostgreSQL itself quotes them ({@code %I} a name, {@code %L} a
   * text).
   */
  static void execute(Connection connection, String template, String... arguments)
      throws SQLException {
    String sql = template;
    if (arguments.length > 0) {
      try (PreparedStatement format = connection.prepareStatement("select format(?, variadic ?)")) {
        format.setString(1, template);
        format.setArray(2, connection.createArrayOf("text", arguments));
        try (ResultSet row = format.executeQuery()) {
          row.next();
          sql = row.getString(1);
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
