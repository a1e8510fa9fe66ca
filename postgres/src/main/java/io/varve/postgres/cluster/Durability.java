package io.varve.postgres.cluster;

import io.varve.postgres.ConnectionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What "committed" must mean here: on disk, whole, and checked when it is read again. */
public final class Durability {

  private Durability() {}

  /**
   * Refuses a server that may lose what it has acknowledged, wherever that was set: in a file, on
   * the command line, or for a single role or database.
   *
   * @throws ClusterException naming each setting that is off
   */
  public static void require(ConnectionSettings settings) throws SQLException {
    List<String> off = new ArrayList<>();
    try (Connection connection = Connections.open(settings);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select name || ' = ' || setting
                from pg_settings
                where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')
                  and setting not in ('on', 'remote_write', 'remote_apply')
                union all
                select setting || coalesce(' for role ' || rolname, '')
                from pg_db_role_setting
                left join pg_roles on pg_roles.oid = setrole, unnest(setconfig) setting
                where setting like 'synchronous\\_commit=%'
                  and setting not like '%=on' and setting not like '%=remote\\_%'
                order by 1
                """)) {
      while (row.next()) {
        off.add(row.getString(1));
      }
    }
    if (!off.isEmpty()) {
      throw new ClusterException(
          "PostgreSQL may lose committed data, so Varve does not use it: %s."
              .formatted(String.join(", ", off)));
    }
  }
}
