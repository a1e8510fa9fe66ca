package io.varve.postgres.cluster;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 of our own in a {@link DataFolder}, on a free port of 127.0.0.1, passwords
 * demanded. It holds its data over stops, kills and power cuts; closing it stops the server.
 */
public final class EmbeddedCluster implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedCluster.class);

  static final String SUPERUSER = "postgres";
  static final String SUPERUSER_SECRET = "postgres-superuser";

  /** Fixed on the command line at every start: no file and no ALTER SYSTEM can undo them. */
  static final Map<String, String> LOCAL =
      Map.of("listen_addresses", "127.0.0.1", "unix_socket_directories", "");

  private static final Map<String, String> DURABLE =
      Map.of(
          "fsync", "on",
          "full_page_writes", "on",
          "synchronous_commit", "on",
          // So that a backup needs no restart.
          "archive_mode", "on");
  private static final Map<String, String> DISPOSABLE =
      Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off");

  /** Where a new folder starts from; its {@code postgresql.conf} may be changed afterwards. */
  private static final Map<String, String> INITIAL =
      new TreeMap<>(
          Map.of(
              "shared_buffers", "128MB",
              "max_connections", "100",
              "min_wal_size", "256MB",
              "max_wal_size", "2GB",
              "jit", "off",
              "timezone", "UTC",
              "log_timezone", "UTC",
              // The detail of an error quotes the row that caused it: tenants' data stays out of
              // logs.
              "log_error_verbosity", "terse"));

  private final Postmaster postmaster;
  private final ConnectionSettings superuser;
  private final ConnectionSettings owner;
  private final AtomicBoolean running = new AtomicBoolean(true);

  private EmbeddedCluster(
      Postmaster postmaster, ConnectionSettings superuser, ConnectionSettings owner) {
    this.postmaster = postmaster;
    this.superuser = superuser;
    this.owner = owner;
  }

  /**
   * Starts the server of that folder and makes its database {@code varve} ready for migration.
   *
   * @throws ClusterException when it cannot start, or would not be durable
   */
  public static EmbeddedCluster start(DataFolder folder) {
    EmbeddedCluster cluster = start(folder, DURABLE);
    try {
      Durability.require(cluster.superuser);
      Archiving.prepare(cluster.superuser);
      return cluster;
    } catch (SQLException | RuntimeException e) {
      throw closing(cluster, e);
    }
  }

  /** Quick and forgetful, for tests: a crash of the machine loses everything. */
  public static EmbeddedCluster startDisposable(DataFolder folder) {
    return start(folder, DISPOSABLE);
  }

  /**
   * The URL of the database {@code varve} in the server that runs on a folder, whoever started it;
   * nothing if none does.
   *
   * @param root of the data folder
   */
  public static Optional<String> runningIn(Path root) {
    Path data = DataFolder.postgres(root.toAbsolutePath().normalize());
    try {
      return Postmaster.port(data).map("jdbc:postgresql://127.0.0.1:%d/varve"::formatted);
    } catch (IOException e) {
      throw new ClusterException("Cannot tell whether PostgreSQL runs in %s.".formatted(root), e);
    }
  }

  /**
   * The superuser of the server that runs on a folder, whoever started it; nothing if none does.
   *
   * @param root of the data folder
   */
  public static Optional<ConnectionSettings> superuserIn(Path root) {
    return runningIn(root)
        .map(
            url ->
                OwnedDatabase.in(
                    new ConnectionSettings(url, SUPERUSER, password(root)), "postgres"));
  }

  private static String password(Path root) {
    Path file = DataFolder.secrets(root).resolve(SUPERUSER_SECRET);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ClusterException("The secret %s cannot be read.".formatted(file), e);
    }
  }

  /** Stops the server that a killed process left running on that folder, if there is one. */
  public static void stopAbandoned(DataFolder folder) {
    try {
      postmaster(folder).clearAway();
    } catch (IOException e) {
      throw new ClusterException("PostgreSQL cannot be stopped: %s.".formatted(e), e);
    }
  }

  /** Stops at once whatever server runs in a folder that nobody needs any more. */
  public static void abandon(Path root) {
    Path log = root.resolve("log").resolve("postgres.log");
    for (Path data : List.of(DataFolder.postgres(root), DataFolder.restoring(root))) {
      try {
        if (Postmaster.port(data).isPresent()) {
          new Postmaster(Binaries.unpacked(), data, log).stopAtOnce();
        }
      } catch (IOException e) {
        throw new ClusterException("PostgreSQL cannot be stopped in %s.".formatted(data), e);
      }
    }
  }

  private static Postmaster postmaster(DataFolder folder) {
    Path log = folder.log().resolve("postgres.log");
    return new Postmaster(Binaries.unpacked(), folder.postgres(), log);
  }

  private static EmbeddedCluster start(DataFolder folder, Map<String, String> durability) {
    long began = System.nanoTime();
    if (Files.exists(DataFolder.restoring(folder.root()))) {
      throw new ClusterException(
          "A restore into %s was interrupted: delete the folder and restore again."
              .formatted(folder.root()));
    }
    Postmaster postmaster = postmaster(folder);
    String password = folder.secret(SUPERUSER_SECRET);
    String ownerPassword = folder.secret("postgres-owner");
    Map<String, String> settings = new TreeMap<>(LOCAL);
    settings.putAll(durability);
    int port;
    try {
      postmaster.clearAway();
      postmaster.initialise(folder.secretFile(SUPERUSER_SECRET), INITIAL);
      port = postmaster.start(settings);
    } catch (IOException e) {
      throw new ClusterException(
          "PostgreSQL cannot be started in %s: %s.".formatted(folder.root(), e.getMessage()), e);
    }
    ConnectionSettings superuser =
        new ConnectionSettings(
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), SUPERUSER, password);
    try {
      ConnectionSettings owner = OwnedDatabase.prepare(superuser, "varve", ownerPassword);
      log.info(
          "PostgreSQL on port {} is ready after {} ms",
          port,
          (System.nanoTime() - began) / 1_000_000);
      return new EmbeddedCluster(postmaster, superuser, owner);
    } catch (SQLException | DatabaseException e) {
      stop(postmaster, e);
      throw new ClusterException(
          "PostgreSQL in %s runs, but cannot be used: %s.".formatted(folder.root(), e.getMessage()),
          e);
    }
  }

  /** Owns the database {@code varve} and may create roles; not a superuser. */
  public ConnectionSettings owner() {
    return owner;
  }

  /**
   * For the server's own upkeep, and for tests that attack; nothing that serves requests needs it.
   */
  public ConnectionSettings superuser() {
    return superuser;
  }

  /** Stops the server after everything committed is on disk. */
  @Override
  public void close() {
    if (running.compareAndSet(true, false)) {
      try {
        postmaster.stop();
      } catch (IOException e) {
        throw new ClusterException("PostgreSQL cannot be stopped: %s.".formatted(e), e);
      }
    }
  }

  private static RuntimeException closing(EmbeddedCluster cluster, Exception cause) {
    stop(cluster.postmaster, cause);
    return cause instanceof RuntimeException e
        ? e
        : new ClusterException(
            "PostgreSQL cannot be used: %s.".formatted(cause.getMessage()), cause);
  }

  private static void stop(Postmaster postmaster, Exception cause) {
    try {
      postmaster.stop();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
