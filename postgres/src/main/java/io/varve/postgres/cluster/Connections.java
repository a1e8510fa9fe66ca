package io.varve.postgres.cluster;

import io.varve.postgres.ConnectionSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections for the server's upkeep. The application has none but those of {@code Database}. */
public final class Connections {

  private Connections() {}

  public static Connection open(ConnectionSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }
}
