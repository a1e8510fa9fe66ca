package io.varve.web.cli;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The database of an installation, beside whoever serves it; where nobody does, the embedded server
 * is started for as long as this is open.
 */
final class InstalledDatabase implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Database database;

  private InstalledDatabase(Path data, int connections) {
    Quiet.begin();
    ConnectionSettings login = new InstalledKeys(data).login().orElseGet(() -> start(data));
    this.database = keep(new Database(ExternalDatabase.checked(login), connections));
  }

  /**
   * @param data the installation's folder
   * @param connections how many are open at once at most
   */
  static InstalledDatabase open(Path data, int connections) {
    return new InstalledDatabase(data, connections);
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    Optional<Exception> failure = Optional.empty();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure = Optional.of(e);
      }
    }
    failure.ifPresent(
        e -> {
          throw new Refused("PostgreSQL did not stop cleanly: %s.".formatted(e.getMessage()), e);
        });
  }

  private ConnectionSettings start(Path data) {
    DataFolder folder = keep(DataFolder.open(data));
    ConnectionSettings owner = keep(EmbeddedCluster.start(folder)).owner();
    return new ConnectionSettings(
        owner.url(), Migrations.LOGIN, folder.secret(Node.LOGIN_PASSWORD));
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }
}
