package io.varve.web.cli;

import io.varve.events.Json;
import io.varve.postgres.backup.BackupFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.Folders;
import java.io.IOException;
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
      required = true,
      description = "The folder of the backups.")
  private Path from = Path.of("");

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where there is room for the scratch; the system's folder for such files.")
  private @Nullable Path scratch;

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Quiet.begin();
    Path folder = scratchFolder();
    var remover = new Thread(() -> remove(folder), "remove-scratch");
    Runtime.getRuntime().addShutdownHook(remover);
    var lines = new StepLines(System.err);
    DrillReport report;
    try {
      report = new DrillRun(new BackupFolder(from), folder, Clock.systemUTC(), lines).run();
    } finally {
      lines.end();
      remove(folder);
    }
    System.out.print(json ? Json.write(report) + "\n" : report.text());
    return report.ok() ? 0 : 1;
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
