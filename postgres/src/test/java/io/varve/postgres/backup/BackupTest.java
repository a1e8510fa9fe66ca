package io.varve.postgres.backup;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeId;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.Migrations;
import io.varve.postgres.backup.Backup.Wish;
import io.varve.postgres.backup.BackupFolder.Base;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One installation that is backed up while it is written to, and every way back to it. */
class BackupTest {

  private static final Steps UNWATCHED = (step, done, total) -> {};
  private static final Wish ONE = new Wish(1, false, "test");

  @TempDir static Path home;

  /** Events that were acknowledged: all, and those before the moment. */
  private static final AtomicLong written = new AtomicLong();

  private static long before;
  private static Instant moment = Instant.EPOCH;

  @TempDir Path folder;

  @BeforeAll
  static void anInstallationIsBackedUpWhileItIsWrittenTo() throws Exception {
    try (DataFolder data = DataFolder.open(home.resolve("data"));
        EmbeddedCluster cluster = EmbeddedCluster.start(data)) {
      Files.writeString(data.secretFile("key-encryption-key"), "the key");
      Migrations.migrate(cluster.owner(), data.secret("postgres-login"));
      try (Database database = new Database(login(cluster, data), 4)) {
        var ledger = new TestLedger(database);
        var done = new AtomicBoolean();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int writer = 0; writer < 3; writer++) {
            writers.execute(() -> writeUntil(done, ledger));
          }
          await().until(() -> written.get() > 100);
          backup(home.resolve("data"), "backups", cluster, ONE);
          long then = written.get();
          await().until(() -> written.get() > then + 100);
          done.set(true);
        }
        before = written.get();
        moment = Instant.now();
        await().until(() -> Instant.now().isAfter(moment.plusMillis(2)));
        write(ledger, 50);
      }
    }
  }

  @Test
  void everyEventThatWasAcknowledgedIsRestored() throws Exception {
    Path backups = copy();
    Restored restored = restore(backups, folder.resolve("restored"), null);
    assertThat(restored.position()).isEqualTo(written.get());
    assertThat(restored.base().ledgerPosition()).isPositive().isLessThan(before);
    assertThat(restored.lastTransaction()).isAfter(moment);
    assertThat(restored.keys()).isFalse();
    try (DataFolder data = DataFolder.open(folder.resolve("restored"));
        EmbeddedCluster cluster = EmbeddedCluster.start(data)) {
      Migrations.migrate(cluster.owner(), data.secret("postgres-login"));
      assertThat(Sql.one(cluster.owner(), "show archive_command")).isEqualTo("true");
      assertThat(Sql.one(superuser(cluster), "select count(*) from ledger.event"))
          .isEqualTo(Long.toString(written.get()));
      assertThat(Sql.one(superuser(cluster), "select count(distinct position) from ledger.event"))
          .isEqualTo(Long.toString(written.get()));
      try (Database database = new Database(login(cluster, data), 2)) {
        write(new TestLedger(database), 7);
      }
      backup(folder.resolve("restored"), backups.toString(), cluster, new Wish(2, false, "test"));
    } finally {
      written.addAndGet(-7);
    }
    // The restored installation goes on in the same backups, on a timeline of its own.
    assertThat(restore(backups, folder.resolve("again"), null).position())
        .isEqualTo(written.get() + 7);
    assertThat(restore(backups, folder.resolve("back"), moment).position()).isEqualTo(before);
  }

  @Test
  void aMomentBetweenTwoEventsIsRestored() {
    Restored restored = restore(moment);
    assertThat(restored.position()).isEqualTo(before);
    assertThat(restored.at()).isBeforeOrEqualTo(moment);
  }

  @Test
  void aMomentAfterTheLastSegmentIsRefused() {
    Instant later = Instant.now().plusSeconds(60);
    assertThatThrownBy(() -> restore(later))
        .isInstanceOf(BackupException.class)
        .hasMessage(
            "The WAL in %s ends before %s: leave out the time to restore all there is.",
            home.resolve("backups/wal"), later);
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @Test
  void aMomentBeforeTheFirstBackupIsRefused() {
    assertThatThrownBy(() -> restore(Instant.EPOCH))
        .hasMessageContaining("nothing before that can be restored");
  }

  @Test
  void aFolderWithoutBackupsIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> restore(empty, folder.resolve("restored"), null))
        .hasMessage("There is no backup of a Varve in the folder %s.", empty);
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @Test
  void whatIsNotEmptyIsLeftAlone() throws IOException {
    Path data = Files.createDirectory(folder.resolve("restored"));
    Files.writeString(data.resolve("mine"), "mine");
    assertThatThrownBy(() -> restore(null))
        .hasMessage("The folder %s is not empty: a backup is restored into a new one.", data);
    assertThat(data.resolve("mine")).hasContent("mine");
  }

  @Test
  void aDamagedFileIsNamedAndNothingIsLeft() throws IOException {
    Path backups = copy();
    Base base = new BackupFolder(backups).newest(null);
    Path file = base.files().resolve(base.manifest().files().getFirst().path());
    Files.write(file, new byte[] {1}, APPEND);
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessage(
            "The file %s of the backup is damaged: it is not what the manifest says.", file);
    Files.delete(file);
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessage("The file %s of the backup is missing.", file);
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @Test
  void aManifestThatIsCutOffIsNamed() throws IOException {
    Path backups = copy();
    Path manifest = base(backups).resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessage("The file %s is damaged.", manifest);
  }

  @Test
  void aNewerServersBackupIsRefused() throws IOException {
    Path backups = copy();
    Path manifest = base(backups).resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"postgres\":\"18", "\"postgres\":\"19"));
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessageContaining("but this is PostgreSQL 18");
  }

  @Test
  void aMissingSegmentIsNamed() throws IOException {
    Path backups = copy();
    Base base = new BackupFolder(backups).newest(null);
    Path segment = backups.resolve("wal/" + base.manifest().stopSegment() + ".gz");
    Files.move(segment, folder.resolve("taken"));
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessage(
            "The WAL segment %s is missing: nothing that was written in it or after it can be restored.",
            segment);
    Files.write(segment, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessageStartingWith("The WAL segment %s is damaged".formatted(segment));
  }

  @Test
  void aHalfBackupIsNotTakenForAWholeOne() throws IOException {
    Path backups = copy();
    Path base = base(backups);
    Files.move(base, BackupFolder.draft(base));
    assertThatThrownBy(() -> restore(backups, folder.resolve("restored"), null))
        .hasMessageContaining("There is no backup of a Varve");
  }

  @Test
  void anInterruptedRestoreDoesNotStart() throws IOException {
    Files.createDirectories(folder.resolve("half/postgres.restoring"));
    try (DataFolder data = DataFolder.open(folder.resolve("half"))) {
      assertThatThrownBy(() -> EmbeddedCluster.start(data))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("was interrupted: delete the folder and restore again");
    }
  }

  @Test
  void oldBackupsAndTheirWalGoAndKeysComeOnlyWhenAskedFor() throws Exception {
    Path root = folder.resolve("data");
    try (DataFolder data = DataFolder.open(root);
        EmbeddedCluster cluster = EmbeddedCluster.start(data)) {
      Migrations.migrate(cluster.owner(), data.secret("postgres-login"));
      Files.writeString(data.secretFile("key-encryption-key"), "the key");
      assertThatThrownBy(() -> backup(root, home.resolve("backups").toString(), cluster, ONE))
          .hasMessageEndingWith("has the backups of another installation.");
      assertThatThrownBy(() -> backup(root, root.resolve("backups").toString(), cluster, ONE))
          .hasMessageContaining("lies in the data folder");
      Path blocked = Files.createDirectory(folder.resolve("blocked"));
      Files.writeString(blocked.resolve("wal"), "in the way of the folder");
      assertThatThrownBy(() -> backup(root, blocked.toString(), cluster, ONE))
          .hasMessageStartingWith("The folder %s cannot be written".formatted(blocked));
      assertThat(Sql.one(cluster.superuser(), "show archive_command")).isEqualTo("true");

      Path backups = folder.resolve("it's 100% ours");
      Base first = backup(root, backups.toString(), cluster, ONE);
      assertThat(backups.resolve("keys")).doesNotExist();
      Base second = backup(root, backups.toString(), cluster, new Wish(1, true, "test"));
      assertThat(first.folder()).doesNotExist();
      assertThat(names(backups.resolve("base")))
          .containsExactly(second.folder().getFileName() + "");
      assertThat(names(backups.resolve("wal")).getFirst())
          .startsWith(second.manifest().startSegment());
      Path keys = new BackupFolder(backups).newestKeys().orElseThrow();
      assertThat(names(keys)).containsExactly("key-encryption-key");
      assertThat(Files.getPosixFilePermissions(keys.resolve("key-encryption-key")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(keys))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));

      Restored restored = restore(backups, folder.resolve("restored"), null);
      assertThat(restored.keys()).isTrue();
      assertThat(folder.resolve("restored/secrets/key-encryption-key")).hasContent("the key");
    }
  }

  private Restored restore(@Nullable Instant until) {
    return restore(home.resolve("backups"), folder.resolve("restored"), until);
  }

  private static Restored restore(Path backups, Path data, @Nullable Instant until) {
    return new Restore(new BackupFolder(backups), List.of(), UNWATCHED).run(data, until, null);
  }

  private static Base backup(Path data, String to, EmbeddedCluster cluster, Wish wish) {
    return new Backup(data, new BackupFolder(home.resolve(to)), UNWATCHED)
        .run(cluster.superuser(), wish);
  }

  private static Path base(Path backups) {
    return new BackupFolder(backups).newest(null).folder();
  }

  /** A copy of the backups, to do harm to. */
  private Path copy() throws IOException {
    Path from = home.resolve("backups");
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static void writeUntil(AtomicBoolean done, TestLedger ledger) {
    while (!done.get()) {
      write(ledger, 5);
    }
  }

  private static void write(TestLedger ledger, int events) {
    UUID tenant = UUID.randomUUID();
    for (int i = 0; i < events; i++) {
      var id = new OutcomeId(UUID.randomUUID());
      ledger.append(
          new Fact(tenant, id.value(), 0, new OutcomeDefined(id, "We can pay", "", null)));
      written.incrementAndGet();
    }
  }

  private static ConnectionSettings login(EmbeddedCluster cluster, DataFolder data) {
    return new ConnectionSettings(
        cluster.owner().url(), Migrations.LOGIN, data.secret("postgres-login"));
  }

  private static ConnectionSettings superuser(EmbeddedCluster cluster) {
    return io.varve.postgres.cluster.OwnedDatabase.in(cluster.superuser(), "varve");
  }
}
