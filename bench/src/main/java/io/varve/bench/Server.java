package io.varve.bench;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.OwnedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL as an installation has it, durable and migrated, in a folder of its own that is gone
 * when it is closed.
 */
public final class Server implements AutoCloseable {

  private final DataFolder folder;
  private final EmbeddedCluster cluster;
  private final ConnectionSettings login;

  private Server(DataFolder folder, EmbeddedCluster cluster, ConnectionSettings login) {
    this.folder = folder;
    this.cluster = cluster;
    this.login = login;
  }

  public static Server start(Path parent) throws IOException {
    Files.createDirectories(parent);
    DataFolder folder = DataFolder.open(Files.createTempDirectory(parent, "bench-"));
    EmbeddedCluster cluster = EmbeddedCluster.start(folder);
    String password = folder.secret("postgres-login");
    Migrations.migrate(cluster.owner(), password);
    return new Server(
        folder, cluster, new ConnectionSettings(cluster.owner().url(), Migrations.LOGIN, password));
  }

  /** The application's way to it. */
  public Database database(int connections) {
    return new Database(login, connections);
  }

  /** What an installation keeps, and where a benchmark may keep what is gone with it. */
  public Path folder() {
    return folder.root();
  }

  /** What the application signs in with. */
  public ConnectionSettings login() {
    return login;
  }

  /** For laying down data in bulk, and for peers: no row-level security applies to it. */
  public ConnectionSettings superuser() {
    return OwnedDatabase.in(cluster.superuser(), "varve");
  }

  /** A plain connection for a peer. */
  public Connection connect() throws SQLException {
    ConnectionSettings settings = superuser();
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** After much was laid down, so that no contender pays for it. */
  public void settle() throws SQLException {
    execute("vacuum analyze", "checkpoint");
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    folder.close();
    try (Stream<Path> walk = Files.walk(folder.root())) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
