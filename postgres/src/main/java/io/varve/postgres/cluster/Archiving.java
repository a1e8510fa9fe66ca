package io.varve.postgres.cluster;

import io.varve.postgres.ConnectionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Where a server hands its full WAL segments to. It is one of the server's own settings, kept in
 * its files, so it holds over restarts and takes effect without one.
 */
public final class Archiving {

  /** Every segment is archived at once, to nowhere: PostgreSQL would keep them for ever. */
  private static final String NOWHERE = "true";

  private Archiving() {}

  /**
   * What runs for each segment, as PostgreSQL has it; empty where nothing is archived.
   *
   * @throws ClusterException where the server was started by a version without archiving
   */
  public static String command(Connection superuser) throws SQLException {
    try (Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('archive_mode'), current_setting('archive_command')")) {
      row.next();
      if (!row.getString(1).equals("on")) {
        throw new ClusterException(
            "The running Varve is of an older version that cannot be backed up: restart it.");
      }
      String command = row.getString(2);
      return command.equals(NOWHERE) ? "" : command;
    }
  }

  /**
   * Has a command run for each segment that is full, and at the latest so often that no more than a
   * minute of writes is in none.
   *
   * @param command in which {@code %p} is the segment's path and {@code %f} its name
   */
  public static void start(Connection superuser, String command) throws SQLException {
    set(superuser, command, "60s");
  }

  public static void stop(Connection superuser) throws SQLException {
    set(superuser, NOWHERE, "0");
  }

  static void prepare(ConnectionSettings superuser) throws SQLException {
    try (Connection connection = Connections.open(superuser)) {
      if (command(connection).isEmpty()) {
        stop(connection);
      }
    }
  }

  private static void set(Connection superuser, String command, String atLatest)
      throws SQLException {
    OwnedDatabase.execute(superuser, "alter system set archive_command = %L", command);
    OwnedDatabase.execute(superuser, "alter system set archive_timeout = %L", atLatest);
    OwnedDatabase.execute(superuser, "select pg_reload_conf()");
  }
}
