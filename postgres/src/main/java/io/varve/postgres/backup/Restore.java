package io.varve.postgres.backup;

import io.varve.postgres.backup.BackupFolder.Base;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.cluster.Connections;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.Folders;
import io.varve.postgres.cluster.OwnedDatabase;
import io.varve.postgres.cluster.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new data folder of a backup: the newest base backup before a moment, and the WAL up to
 * that moment. Every file is checked against the manifest, every segment read to its end. The
 * folder is made, or nothing is left of it.
 */
public final class Restore {

  /** The only major version whose files this one's server can read. */
  private static final int POSTGRES = 18;

  private final BackupFolder folder;
  private final List<AfterRestore> then;
  private final Steps steps;

  public Restore(BackupFolder folder, List<AfterRestore> then, Steps steps) {
    this.folder = folder;
    this.then = List.copyOf(then);
    this.steps = steps;
  }

  /**
   * @param data the new data folder, which must be empty or not there
   * @param until the last moment that is wanted; null for all there is
   * @param keys the folder of the keys; null for those in the backup, if it has any
   * @throws BackupException if the backup, or the WAL after it, is not whole
   */
  public Restored run(Path data, @Nullable Instant until, @Nullable Path keys) {
    boolean existed = Files.exists(data);
    requireEmpty(data);
    Base base = folder.newest(until);
    requireReadable(base);
    requireKeys(keys);
    try {
      return into(data, base, until, keys == null ? folder.newestKeys().orElse(null) : keys);
    } catch (IOException | SQLException e) {
      throw clear(
          data,
          existed,
          new BackupException(
              "The backup %s cannot be restored into %s: %s."
                  .formatted(base.folder(), data, e.getMessage()),
              e));
    } catch (RuntimeException e) {
      throw clear(data, existed, e);
    }
  }

  private Restored into(Path data, Base base, @Nullable Instant until, @Nullable Path keys)
      throws IOException, SQLException {
    WalArchive.Row wal = verifiedWal(base, until);
    try (DataFolder made = DataFolder.open(data)) {
      // A process that is told to stop leaves no server behind in what it was making.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> EmbeddedCluster.abandon(made.root()), "stop-restore"));
      copy(base, DataFolder.restoring(made.root()));
      if (keys != null) {
        InstallationKeys.copy(keys, DataFolder.secrets(made.root()));
      }
      Optional<Instant> last = replay(made, wal, until);
      steps.at("Starting", 0, 0);
      try (EmbeddedCluster cluster = EmbeddedCluster.start(made)) {
        BackedUpServer.Ledger ledger = BackedUpServer.Ledger.of(cluster.superuser());
        Segment newest = wal.segments().getLast();
        var restored =
            new Restored(
                base.manifest(),
                newest.name(),
                folder.archive().archived(newest),
                last.orElse(null),
                ledger.position(),
                ledger.at(),
                keys != null);
        requireAll(cluster, restored, newest, until);
        release(cluster);
        then.forEach(step -> step.apply(cluster.owner(), restored));
        return restored;
      }
    }
  }

  private WalArchive.Row verifiedWal(Base base, @Nullable Instant until) throws IOException {
    WalArchive archive = folder.archive();
    WalArchive.Row wal = archive.following(base.manifest());
    long stop = Segment.parse(base.manifest().stopSegment()).orElseThrow().number();
    if (wal.next().number() <= stop || (until == null && wal.gap().isPresent())) {
      throw missing(wal.next());
    }
    int done = 0;
    for (Segment segment : wal.segments()) {
      steps.at("Reading WAL", done++, wal.segments().size());
      archive.verify(segment);
    }
    return wal;
  }

  private void copy(Base base, Path to) throws IOException {
    Files.createDirectory(to, DurableFiles.OWNER_ONLY_FOLDER);
    for (String sub : base.manifest().folders()) {
      Files.createDirectories(inside(to, sub), DurableFiles.OWNER_ONLY_FOLDER);
    }
    var copied = new long[1];
    for (Manifest.Item item : base.manifest().files()) {
      Path from = base.files().resolve(item.path());
      DurableFiles.Content content;
      try {
        content =
            DurableFiles.copy(
                from,
                inside(to, item.path()),
                bytes -> steps.at("Copying", copied[0] += bytes, base.manifest().size()));
      } catch (NoSuchFileException e) {
        throw new BackupException("The file %s of the backup is missing.".formatted(from), e);
      }
      if (!content.equals(new DurableFiles.Content(item.size(), item.sha256()))) {
        throw new BackupException(
            "The file %s of the backup is damaged: it is not what the manifest says."
                .formatted(from));
      }
    }
  }

  private static Path inside(Path folder, String path) {
    Path inside = folder.resolve(path).normalize();
    if (!inside.startsWith(folder)) {
      throw new BackupException(
          "The backup's manifest names a file outside of it: %s.".formatted(path));
    }
    return inside;
  }

  private Optional<Instant> replay(DataFolder made, WalArchive.Row wal, @Nullable Instant until) {
    try {
      return new Recovery(made)
          .run(
              new Recovery.Target(folder.archive().fetch(), wal.timeline(), until),
              restored -> steps.at("Replaying WAL", restored, wal.segments().size()));
    } catch (ClusterException e) {
      if (until != null && String.valueOf(e.getMessage()).contains("recovery ended before")) {
        throw wal.gap().isPresent()
            ? missing(wal.next())
            : new BackupException(
                "The WAL in %s ends before %s: leave out the time to restore all there is."
                    .formatted(folder.wal(), until),
                e);
      }
      throw e;
    }
  }

  private BackupException missing(Segment segment) {
    return new BackupException(
        "The WAL segment %s is missing: nothing that was written in it or after it can be restored."
            .formatted(folder.archive().file(segment.name())));
  }

  /** PostgreSQL takes a record that it cannot read for the end. */
  private void requireAll(
      EmbeddedCluster cluster, Restored restored, Segment newest, @Nullable Instant until)
      throws SQLException {
    if (until != null) {
      return;
    }
    try (var server = new BackedUpServer(cluster.superuser())) {
      if (Segment.at(1, server.place()).number() < newest.number()
          || restored.position() < restored.base().ledgerPosition()) {
        throw new BackupException(
            "The WAL in %s could be replayed only in part: to position %d of the ledger."
                .formatted(folder.wal(), restored.position()));
      }
    }
  }

  /** The nodes that worked on it are not here: nobody needs to wait for their claims to expire. */
  private static void release(EmbeddedCluster cluster) throws SQLException {
    try (Connection connection = Connections.open(OwnedDatabase.in(cluster.superuser(), "varve"));
        PreparedStatement statement =
            connection.prepareStatement("update ops.token set owner = null")) {
      statement.executeUpdate();
    }
  }

  private static void requireEmpty(Path data) {
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> entries = Files.list(data)) {
      if (entries.findAny().isPresent()) {
        throw new BackupException(
            "The folder %s is not empty: a backup is restored into a new one.".formatted(data));
      }
    } catch (IOException e) {
      throw new BackupException("The folder %s cannot be used.".formatted(data), e);
    }
  }

  private static void requireReadable(Base base) {
    int major = base.manifest().majorVersion();
    if (major != POSTGRES) {
      throw new BackupException(
          "The backup %s is of PostgreSQL %s, but this is PostgreSQL %d: restore it with the Varve"
                  .formatted(base.folder(), base.manifest().postgres(), POSTGRES)
              + " that made it.");
    }
  }

  private static void requireKeys(@Nullable Path keys) {
    try {
      if (keys != null && (!Files.isDirectory(keys) || InstallationKeys.list(keys).isEmpty())) {
        throw new BackupException("There are no keys in the folder %s.".formatted(keys));
      }
    } catch (IOException e) {
      throw new BackupException("The folder %s cannot be read.".formatted(keys), e);
    }
  }

  private static RuntimeException clear(Path data, boolean existed, RuntimeException cause) {
    try {
      for (String part :
          List.of("postgres", "postgres.restoring", "secrets", "log", "varve.lock")) {
        Folders.delete(data.resolve(part));
      }
      if (!existed) {
        Folders.delete(data);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }
}
