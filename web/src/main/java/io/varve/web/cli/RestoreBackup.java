package io.varve.web.cli;

import io.varve.postgres.backup.BackupFolder;
import io.varve.postgres.backup.Restore;
import io.varve.postgres.backup.Restored;
import io.varve.postgres.cluster.DataFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a data folder of a backup. */
@Command(
    mixinStandardHelpOptions = true,
    name = "restore",
    description = {
      "Makes a new data folder of what \"varve backup\" has kept: all there is, or as it was at",
      "a moment. Everything is checked; the folder is made whole or not at all."
    },
    footer = {
      "",
      "People who were erased after that moment are there again, and must be erased again",
      "before anybody works with it: docs/backups.md tells how."
    })
final class RestoreBackup implements Callable<Integer> {

  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the backups.")
  private Path from = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "NEWDIR",
      required = true,
      description = "The new data folder: empty, or not there.")
  private Path data = Path.of("");

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "The moment, for example 2026-11-22T06:30:00Z; all there is without it.")
  private @Nullable Instant at;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "The copy of the old folder's secrets/; without it, those in the backup, if any.")
  private @Nullable Path keys;

  @Override
  public Integer call() {
    Quiet.begin();
    Path root = data.toAbsolutePath().normalize();
    var lines = new StepLines(System.err);
    Restored restored;
    try {
      restored = new Restore(new BackupFolder(from), List.of(), lines).run(root, at, keys);
    } finally {
      lines.end();
    }
    if (!restored.keys()) {
      new MissingKeys(root).remember();
      System.err.printf(
          "The keys are not there yet: put your copy of them into %s before you start it.%n",
          DataFolder.secrets(data));
    }
    System.err.println(
        "Whoever was erased after that is there again: docs/backups.md tells what to do.");
    System.out.printf(
        "Restored into %s up to position %d of the ledger, whose last event is of %s;"
            + " the last transaction is of %s.%n",
        data,
        restored.position(),
        restored.at() == null ? "no time" : restored.at(),
        restored.lastTransaction() == null ? restored.base().ended() : restored.lastTransaction());
    return 0;
  }
}
