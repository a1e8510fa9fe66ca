package io.varve.web.cli;

import io.varve.events.Json;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.backup.BackupFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A backup is good once it has been restored. */
@Command(
    mixinStandardHelpOptions = true,
    name = "drill",
    description = {
      "Restores the latest of a backup into a scratch folder, verifies the ledger, compares the",
      "read models with it, and throws the scratch away. Says how old the newest of it is and",
      "how long it took; fails where anything is not as it should be. Needs no keys."
    })
final class Drill implements Callable<Integer> {

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = {
        "The folder of the backups. Without it, VARVE_DB_URL names a database that was restored",
        "by other means; its read models are brought up to date."
      })
  private @Nullable Path from;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where there is room for the scratch; the system's folder for such files.")
  private @Nullable Path scratch;

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    // Standard output carries the report and nothing else, whatever a library prints.
    PrintStream out = System.out;
    System.setOut(System.err);
    Quiet.begin();
    var lines = new StepLines(System.err);
    var run = new DrillRun(Clock.systemUTC(), lines);
    DrillReport report;
    try {
      report = from == null ? run.with(restored()) : inScratch(run, new BackupFolder(from));
    } finally {
      lines.end();
    }
    out.print(json ? Json.write(report) + "\n" : report.text());
    out.flush();
    return report.ok() ? 0 : 1;
  }

  private static ConnectionSettings restored() {
    var external = new ExternalDatabase(System.getenv());
    if (!external.isNamed()) {
      throw new Refused("A drill needs --from DIR, or VARVE_DB_URL with what was restored.");
    }
    return ExternalDatabase.checked(external.login());
  }

  private DrillReport inScratch(DrillRun run, BackupFolder backups) {
    Path folder = scratchFolder();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove-scratch"));
    try {
      return run.restoring(backups, folder);
    } finally {
      remove(folder);
    }
  }

  private Path scratchFolder() {
    Path where = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    try {
      return Files.createTempDirectory(where, "varve-drill-");
    } catch (IOException e) {
      throw new Refused("There can be no scratch in the folder %s.".formatted(where), e);
    }
  }

  private static void remove(Path folder) {
    try {
      EmbeddedCluster.abandon(folder);
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
