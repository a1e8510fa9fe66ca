package io.varve.web.cli;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.backup.Backup;
import io.varve.postgres.backup.BackupFolder;
import io.varve.postgres.backup.BackupFolder.Base;
import io.varve.postgres.backup.Manifest;
import io.varve.postgres.cluster.Archiving;
import io.varve.postgres.cluster.Connections;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Backs up the embedded database, whether Varve runs or not. */
@Command(
    mixinStandardHelpOptions = true,
    name = "backup",
    description = {
      "Copies the database while Varve runs, and has it hand over its log (WAL) to DIR/wal",
      "from then on, once a minute at the latest, so that \"varve restore\" reaches any",
      "moment since the oldest copy. Run it again, daily for example, for newer copies."
    },
    footer = {
      "",
      "Without the files of the data folder's secrets/ the backup is of no use: keep them,",
      "but elsewhere. docs/backups.md tells more, also about a PostgreSQL of your own."
    })
final class BackUp implements Callable<Integer> {

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  private static final class Where {

    @Option(
        names = "--to",
        paramLabel = "DIR",
        required = true,
        description = "The folder of the backups, on another disk than the data folder.")
    private @Nullable Path folder;

    @Option(
        names = "--stop",
        required = true,
        description = "Hands over no more WAL. What has been backed up stays.")
    private boolean stop;
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The installation's folder (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "7",
      description = "How many copies are kept (${DEFAULT-VALUE}), with the WAL since the oldest.")
  private int keep;

  @Option(
      names = "--with-keys",
      description = {
        "Puts the keys into DIR/keys: for who has nowhere else to keep them. Whoever reads the",
        "backup then reads everything in it."
      })
  private boolean keys;

  @Override
  public Integer call() {
    if (keep < 1) {
      throw new Refused("At least one backup is kept: --keep 1.");
    }
    if (new ExternalDatabase(System.getenv()).isNamed()) {
      throw new Refused(
          "VARVE_DB_URL names a PostgreSQL of your own, which is backed up with its own tools:"
              + " docs/backups.md tells how.");
    }
    Path root = data.toAbsolutePath().normalize();
    if (!Files.exists(DataFolder.postgres(root).resolve("PG_VERSION"))) {
      throw new Refused("There is no Varve in the folder %s.".formatted(data));
    }
    Quiet.begin();
    Path folder = where.folder;
    if (where.stop || folder == null) {
      withServer(root, BackUp::stop);
      System.out.println("No more WAL is handed over.");
    } else {
      report(withServer(root, superuser -> backUp(root, new BackupFolder(folder), superuser)));
    }
    return 0;
  }

  private Base backUp(Path root, BackupFolder folder, ConnectionSettings superuser) {
    var lines = new StepLines(System.err);
    try {
      String version = BackUp.class.getPackage().getImplementationVersion();
      return new Backup(root, folder, lines).run(superuser, new Backup.Wish(keep, keys, version));
    } finally {
      lines.end();
    }
  }

  private void report(Base made) {
    Manifest manifest = made.manifest();
    System.err.println(
        keys
            ? "The keys are in it: whoever reads the backup reads everything."
            : "The keys are not in it: keep a copy of %s elsewhere, or personal text is lost."
                .formatted(DataFolder.secrets(data)));
    System.out.printf(
        "Backed up to %s: %d MB, up to position %d of the ledger, at %s.%n",
        made.folder(), manifest.size() >> 20, manifest.ledgerPosition(), manifest.ended());
  }

  /** Beside a Varve that runs, or with a server of its own. */
  private static <T> T withServer(Path root, Function<ConnectionSettings, T> work) {
    Optional<ConnectionSettings> running = EmbeddedCluster.superuserIn(root);
    if (running.isPresent()) {
      return work.apply(running.get());
    }
    try (DataFolder folder = DataFolder.open(root);
        EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop"));
      return work.apply(cluster.superuser());
    }
  }

  private static boolean stop(ConnectionSettings superuser) {
    try (Connection connection = Connections.open(superuser)) {
      Archiving.stop(connection);
      return true;
    } catch (SQLException e) {
      throw new Refused("It cannot be stopped: %s.".formatted(Refused.reason(e)), e);
    }
  }
}
