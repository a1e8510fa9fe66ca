package io.varve.projections.seal;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The lead in sealing, which one node has: a row that says who, and until when by the database's
 * clock. What is sealed is committed together with a change of that row, so that a node which has
 * lost the lead without noticing changes nothing.
 */
final class Lease {

  private static final String TAKE =
      """
      update ops.sealing set owner = ?, until = clock_timestamp() + make_interval(secs => ?)
       where owner is null or owner = ? or until < clock_timestamp()
      returning position
      """;

  private static final String ADVANCE =
      """
      update ops.sealing set position = ?, until = clock_timestamp() + make_interval(secs => ?)
       where owner = ? and position = ?
      """;

  private static final String RELEASE =
      """
      update ops.sealing set owner = null where owner = ?
      """;

  private final Database database;
  private final String node;
  private final double seconds;

  /** Another node has the lead. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Lease(Database database, String node, Duration lease) {
    this.database = database;
    this.node = node;
    this.seconds = lease.toMillis() / 1000.0;
  }

  /**
   * Takes the lead, or keeps it.
   *
   * @return up to which position events are sealed; nothing while another node leads
   */
  OptionalLong take() {
    return database.transact(
        Scope.projector(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, node);
            statement.setDouble(2, seconds);
            statement.setString(3, node);
            try (var row = statement.executeQuery()) {
              return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
          }
        });
  }

  /**
   * As the first thing in a transaction that seals.
   *
   * @throws LostException if this node does not lead, or others have sealed meanwhile
   */
  void advance(Connection connection, long from, long to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, to);
      statement.setDouble(2, seconds);
      statement.setString(3, node);
      statement.setLong(4, from);
      if (statement.executeUpdate() != 1) {
        throw new LostException();
      }
    }
  }

  void release() {
    database.transact(
        Scope.projector(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, node);
            return statement.executeUpdate();
          }
        });
  }
}
