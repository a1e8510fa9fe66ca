package io.varve.postgres.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

  @TempDir Path path;

  @Test
  void dataOutlivesAStop() throws SQLException {
    try (DataFolder folder = DataFolder.open(path)) {
      try (EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
        write(cluster.owner());
      }
      try (EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
        assertThat(read(cluster.owner())).isEqualTo("layer");
      }
    }
    assertThat(path.resolve("postgres/postmaster.pid")).doesNotExist();
  }

  @Test
  void dataOutlivesAKilledPostmaster() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      EmbeddedCluster killed = EmbeddedCluster.start(folder);
      write(killed.owner());
      try (Connection open = Sql.connect(killed.owner())) {
        assertThat(open.isValid(1)).isTrue();
        postmaster().destroyForcibly();
        await().until(() -> !postmasterIsAlive());
        try (EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
          assertThat(read(cluster.owner())).isEqualTo("layer");
        }
      }
    }
  }

  @Test
  void aServerThatAKilledJvmLeftRunningIsReplaced() throws Exception {
    ProcessHandle left;
    try (DataFolder folder = DataFolder.open(path)) {
      write(EmbeddedCluster.start(folder).owner());
      left = postmaster();
    }
    try (DataFolder folder = DataFolder.open(path);
        EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
      assertThat(left.isAlive()).isFalse();
      assertThat(read(cluster.owner())).isEqualTo("layer");
    }
  }

  @Test
  void aStalePidFileThatNamesALivingStrangerIsIgnored() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      EmbeddedCluster.start(folder).close();
      Files.writeString(
          path.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");
      EmbeddedCluster.start(folder).close();
    }
  }

  @Test
  void aFolderInUseIsRefusedInOneSentence() {
    try (DataFolder _ = DataFolder.open(path)) {
      assertThatThrownBy(() -> DataFolder.open(path))
          .isInstanceOf(ClusterException.class)
          .hasMessage(
              "The data folder %s is in use by another Varve (process %d)."
                  .formatted(path, ProcessHandle.current().pid()));
    }
  }

  @Test
  void dataOfAnotherVersionIsRefused() throws IOException {
    Files.createDirectories(path.resolve("postgres"));
    Files.writeString(path.resolve("postgres/PG_VERSION"), "17\n");
    try (DataFolder folder = DataFolder.open(path)) {
      assertThatThrownBy(() -> EmbeddedCluster.start(folder))
          .hasMessageContaining("is of PostgreSQL 17, but this is PostgreSQL 18");
    }
  }

  @Test
  void commitsAreDurableAndNothingMayChangeThat() throws SQLException {
    try (DataFolder folder = DataFolder.open(path)) {
      try (EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
        assertThat(Sql.one(cluster.owner(), "show fsync")).isEqualTo("on");
        assertThat(Sql.one(cluster.owner(), "show full_page_writes")).isEqualTo("on");
        assertThat(Sql.one(cluster.owner(), "show synchronous_commit")).isEqualTo("on");
        assertThat(Sql.one(cluster.owner(), "show data_checksums")).isEqualTo("on");
        Sql.run(cluster.superuser(), "alter system set fsync = off");
      }
      try (EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
        assertThat(Sql.one(cluster.owner(), "show fsync")).isEqualTo("on");
        Sql.run(cluster.owner(), "alter role varve_owner set synchronous_commit = off");
      }
      assertThatThrownBy(() -> EmbeddedCluster.start(folder))
          .isInstanceOf(ClusterException.class)
          .hasMessage(
              "PostgreSQL may lose committed data, so Varve does not use it:"
                  + " synchronous_commit=off for role varve_owner.");
      assertThat(path.resolve("postgres/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void nobodyComesInWithoutThePassword() throws Exception {
    try (DataFolder folder = DataFolder.open(path);
        EmbeddedCluster cluster = EmbeddedCluster.start(folder)) {
      for (String user : new String[] {"postgres", "varve_owner"}) {
        assertThatThrownBy(
                () -> Sql.connect(new ConnectionSettings(cluster.owner().url(), user, "x")))
            .hasMessageContaining("password authentication failed");
      }
      assertThat(Sql.one(cluster.superuser(), "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Sql.one(cluster.superuser(), "show unix_socket_directories")).isEmpty();
      assertThat(cluster.owner().toString()).doesNotContain(cluster.owner().password());
      for (String secret : new String[] {"postgres-superuser", "postgres-owner"}) {
        assertThat(Files.getPosixFilePermissions(folder.secretFile(secret)))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  private ProcessHandle postmaster() throws IOException {
    String pid = Files.readAllLines(path.resolve("postgres/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private boolean postmasterIsAlive() throws IOException {
    String pid = Files.readAllLines(path.resolve("postgres/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  private static void write(ConnectionSettings settings) throws SQLException {
    Sql.run(settings, "create schema varve; create table varve.t as select 'layer' as name");
  }

  private static @Nullable String read(ConnectionSettings settings) throws SQLException {
    return Sql.one(settings, "select name from varve.t");
  }
}
