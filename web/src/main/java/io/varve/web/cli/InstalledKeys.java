package io.varve.web.cli;

import io.varve.events.tenancy.KeyRing;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.vault.Rewrapping;
import io.varve.web.keys.RingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The keys of an installation, whether it runs or not: its folder's lock is left alone. */
record InstalledKeys(Path data) {

  InstalledKeys {
    if (!Files.isDirectory(DataFolder.secrets(data))) {
      throw new Refused("There is no Varve in the folder %s.".formatted(data));
    }
  }

  KeyFiles<?> versions(KeyRing ring) {
    return RingFiles.of(ring, DataFolder.secrets(data)::resolve);
  }

  /**
   * How many tenants' keys each version of the key-encryption key wraps; nothing where the database
   * does not run.
   */
  Optional<Map<Integer, Long>> wrapped() {
    return login().map(InstalledKeys::wrapped);
  }

  private static Map<Integer, Long> wrapped(ConnectionSettings login) {
    Quiet.begin();
    try (Database database = new Database(ExternalDatabase.checked(login), 1)) {
      return Rewrapping.dependents(database);
    }
  }

  /** Of the database, where it runs. */
  Optional<ConnectionSettings> login() {
    var external = new ExternalDatabase(System.getenv());
    return external.isNamed()
        ? Optional.of(external.login())
        : EmbeddedCluster.runningIn(data)
            .map(url -> new ConnectionSettings(url, Migrations.LOGIN, password()));
  }

  private String password() {
    Path file = DataFolder.secrets(data).resolve(Node.LOGIN_PASSWORD);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ClusterException("The secret %s cannot be read.".formatted(file), e);
    }
  }
}
