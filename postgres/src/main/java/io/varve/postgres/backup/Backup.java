package io.varve.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.backup.BackupFolder.Base;
import io.varve.postgres.backup.Manifest.Item;
import io.varve.postgres.cluster.Archiving;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Backs up the server of a data folder while it runs: a copy of its files between {@code
 * pg_backup_start} and {@code pg_backup_stop}, and from then on every WAL segment that it fills. A
 * copy is whole or has no name.
 */
public final class Backup {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path data;
  private final BackupFolder folder;
  private final Steps steps;

  /**
   * @param data the installation's folder
   */
  public Backup(Path data, BackupFolder folder, Steps steps) {
    this.data = data;
    this.folder = folder;
    this.steps = steps;
  }

  /** What an operator asks for. */
  public record Wish(int keep, boolean keys, @Nullable String varve) {}

  /**
   * Makes a base backup, has the server archive its WAL beside it, and deletes what is too old.
   *
   * @param superuser of the server that runs on the data folder
   * @throws BackupException if there is no new backup; nothing that was there is lost then
   */
  public Base run(ConnectionSettings superuser, Wish wish) {
    try (var server = new BackedUpServer(superuser);
        FileChannel _ = folder.open(data, server.system())) {
      return archiving(server, wish);
    } catch (IOException | SQLException e) {
      throw failed(e);
    }
  }

  /** A first backup that fails leaves no server behind that archives for nothing. */
  private Base archiving(BackedUpServer server, Wish wish) throws IOException, SQLException {
    String before = Archiving.command(server.connection());
    String command = installArchiver();
    try {
      Archiving.start(server.connection(), command);
      requireArchived(server, server.finishSegment());
      Base made = make(server, wish);
      prune(wish.keep());
      return made;
    } catch (IOException | SQLException | RuntimeException e) {
      try {
        goBack(server, before, command);
      } catch (SQLException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static void goBack(BackedUpServer server, String before, String command)
      throws SQLException {
    if (before.isEmpty()) {
      Archiving.stop(server.connection());
    } else if (!before.equals(command)) {
      Archiving.start(server.connection(), before);
    }
  }

  /** The server runs in a folder of the data folder, so that this may be moved. */
  private String installArchiver() throws IOException {
    try (var script = Backup.class.getResourceAsStream("archive-wal.sh")) {
      if (script == null) {
        throw new IllegalStateException("archive-wal.sh is missing");
      }
      DurableFiles.replace(data.resolve("archive-wal"), script.readAllBytes());
    }
    return "sh ../archive-wal \"%%p\" %%f %s".formatted(ShellWord.of(folder.root()));
  }

  private Base make(BackedUpServer server, Wish wish) throws IOException, SQLException {
    Instant began = server.now();
    Path name = unused(began);
    Path draft = BackupFolder.draft(name);
    try {
      Files.createDirectories(draft.resolve(BackupFolder.FILES), DurableFiles.OWNER_ONLY_FOLDER);
      BackedUpServer.Start start = server.start(String.valueOf(name.getFileName()));
      ServerFiles source = ServerFiles.in(DataFolder.postgres(data));
      List<Item> files = copy(source, draft.resolve(BackupFolder.FILES));
      BackedUpServer.Ledger ledger = server.ledger();
      BackedUpServer.Stop stop = server.stop();
      files.add(
          item(
              Path.of("backup_label"),
              DurableFiles.write(
                  draft.resolve(BackupFolder.FILES).resolve("backup_label"),
                  stop.label().getBytes(UTF_8))));
      Segment last = Segment.before(start.timeline(), stop.lsn());
      requireArchived(server, last.name());
      keepHistories();
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              wish.varve(),
              server.version(),
              server.system(),
              began,
              stop.at(),
              start.lsn(),
              stop.lsn(),
              Segment.at(start.timeline(), start.lsn()).name(),
              last.name(),
              ledger.position(),
              ledger.at(),
              source.folders().stream().map(Backup::slashed).toList(),
              files);
      forceFolders(draft, source);
      DurableFiles.write(draft.resolve(Manifest.FILE), Json.write(manifest).getBytes(UTF_8));
      if (wish.keys()) {
        new InstallationKeys(data).copyTo(folder.keys().resolve(name.getFileName()));
      }
      BackupFolder.finish(name);
      return new Base(name, manifest);
    } finally {
      Folders.delete(draft);
    }
  }

  /** A second backup within a second is named after the next one. */
  private Path unused(Instant began) {
    Instant time = began;
    while (Files.exists(folder.base().resolve(NAME.format(time)))) {
      time = time.plusSeconds(1);
    }
    return folder.base().resolve(NAME.format(time));
  }

  private List<Item> copy(ServerFiles source, Path to) throws IOException {
    Path from = DataFolder.postgres(data);
    for (Path sub : source.folders()) {
      Files.createDirectory(to.resolve(sub), DurableFiles.OWNER_ONLY_FOLDER);
    }
    var items = new ArrayList<Item>();
    var copied = new long[1];
    for (Path file : source.files()) {
      try {
        items.add(
            item(
                file,
                DurableFiles.copy(
                    from.resolve(file),
                    to.resolve(file),
                    bytes -> steps.at("Copying", copied[0] += bytes, source.size()))));
      } catch (NoSuchFileException gone) {
        // A table that was dropped meanwhile; the WAL says so, too.
        Files.deleteIfExists(to.resolve(file));
      }
    }
    return items;
  }

  /** A segment is archived when its file is there: the archiver gives it its name last. */
  private void requireArchived(BackedUpServer server, String segment)
      throws IOException, SQLException {
    long failed = server.failedToArchive();
    while (!folder.archive().has(segment)) {
      steps.at("Waiting for WAL", 0, 0);
      if (server.failedToArchive() > failed + 1) {
        throw new BackupException(
            "PostgreSQL cannot archive its WAL into %s: %s has the reason."
                .formatted(folder.wal(), data.resolve("log").resolve("postgres.log")));
      }
      server.pause();
    }
  }

  /** A restored server that was not archiving yet has begun a timeline that nobody knows of. */
  private void keepHistories() throws IOException {
    try (Stream<Path> files = Files.list(DataFolder.postgres(data).resolve("pg_wal"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".history")).toList()) {
        folder.archive().keep(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
  }

  private static void forceFolders(Path draft, ServerFiles source) throws IOException {
    Path files = draft.resolve(BackupFolder.FILES);
    for (Path sub : source.folders()) {
      DurableFiles.force(files.resolve(sub));
    }
    DurableFiles.force(files);
  }

  private void prune(int keep) throws IOException {
    List<Base> bases = folder.bases();
    for (Base old : bases.subList(0, Math.max(0, bases.size() - keep))) {
      BackupFolder.remove(old.folder());
      BackupFolder.remove(folder.keys().resolve(old.folder().getFileName()));
    }
    long first =
        folder.bases().stream()
            .mapToLong(base -> Segment.parse(base.manifest().startSegment()).orElseThrow().number())
            .min()
            .orElse(0);
    folder.archive().prune(first);
  }

  private static Item item(Path file, DurableFiles.Content content) {
    return new Item(slashed(file), content.size(), content.sha256());
  }

  private static String slashed(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private BackupException failed(Exception cause) {
    return new BackupException(
        "There is no new backup in %s: %s.".formatted(folder.root(), cause.getMessage()), cause);
  }
}
