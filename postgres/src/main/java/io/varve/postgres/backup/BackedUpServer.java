package io.varve.postgres.backup;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.cluster.Connections;
import io.varve.postgres.cluster.OwnedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a backup asks of a running server, in one session: when that ends, so does a backup that was
 * not stopped.
 */
final class BackedUpServer implements AutoCloseable {

  private final ConnectionSettings superuser;
  private final Connection connection;

  /** Where the copy begins. */
  record Start(String lsn, int timeline) {}

  /** Where the copy is complete, and the file that says so. */
  record Stop(String lsn, String label, Instant at) {}

  /** How far the ledger has got. */
  record Ledger(long position, @Nullable Instant at) {

    static Ledger of(ConnectionSettings superuser) throws SQLException {
      try (Connection inside = Connections.open(OwnedDatabase.in(superuser, "varve"));
          PreparedStatement statement =
              inside.prepareStatement(
                  "select position, case when isfinite(at) then at end from ledger.head");
          ResultSet row = statement.executeQuery()) {
        row.next();
        OffsetDateTime at = row.getObject(2, OffsetDateTime.class);
        return new Ledger(row.getLong(1), at == null ? null : at.toInstant());
      }
    }
  }

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  BackedUpServer(ConnectionSettings superuser) throws SQLException {
    this.superuser = superuser;
    this.connection = Connections.open(superuser);
  }

  Connection connection() {
    return connection;
  }

  String system() throws SQLException {
    return one(
        "select cast(system_identifier as text) from pg_control_system()", row -> row.getString(1));
  }

  String version() throws SQLException {
    return one("select current_setting('server_version')", row -> row.getString(1));
  }

  Instant now() throws SQLException {
    return one("select clock_timestamp()", BackedUpServer::instant);
  }

  Ledger ledger() throws SQLException {
    return Ledger.of(superuser);
  }

  Start start(String label) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select cast(pg_backup_start(?, fast => true) as text)")) {
      statement.setString(1, label);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String lsn = row.getString(1);
        int timeline =
            one("select timeline_id from pg_control_checkpoint()", found -> found.getInt(1));
        return new Start(lsn, timeline);
      }
    }
  }

  Stop stop() throws SQLException {
    return one(
        """
        select clock_timestamp(), cast(lsn as text), labelfile
          from pg_backup_stop(wait_for_archive => false)
        """,
        row -> new Stop(row.getString(2), row.getString(3), instant(row)));
  }

  /** Ends the current WAL segment, with something in it, and answers its name. */
  String finishSegment() throws SQLException {
    String name =
        one(
            "select pg_walfile_name(pg_create_restore_point('varve backup'))",
            row -> row.getString(1));
    one("select pg_switch_wal()", row -> "");
    return name;
  }

  /** Where the next record of the WAL goes. */
  String place() throws SQLException {
    return one("select cast(pg_current_wal_insert_lsn() as text)", row -> row.getString(1));
  }

  /** How many times the archiver has failed so far. */
  long failedToArchive() throws SQLException {
    return one("select failed_count from pg_stat_archiver", row -> row.getLong(1));
  }

  void pause() {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject(1, OffsetDateTime.class).toInstant();
  }

  private <T> T one(String sql, Row<T> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet found = statement.executeQuery()) {
      found.next();
      return row.read(found);
    }
  }
}
