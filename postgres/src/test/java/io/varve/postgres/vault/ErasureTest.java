package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.events.personal.Personal;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @AutoClose static final TestDatabase postgres = TestDatabase.migrated();
  @AutoClose static final Database database = new Database(postgres.login(), 8);
  @TempDir static Path folder;

  private final UUID platform = UUID.randomUUID();
  private final UUID tenant = UUID.randomUUID();
  private final UUID ada = UUID.randomUUID();
  private final UUID grace = UUID.randomUUID();
  @AutoClose private final Vault vault = node();
  @AutoClose private final Vault other = node();

  @Test
  void whatWasSealedAboutAnErasedPersonOpensNoMoreAndNothingElseIsLost() {
    Personal name = vault.seal(tenant, ada, "Ada Lovelace");
    Personal kept = vault.seal(tenant, grace, "Grace Hopper");
    vault.erase(tenant, ada);
    assertThat(vault.openAll(tenant, List.of(name, kept))).containsOnlyKeys(kept);
    assertThat(vault.isErased(tenant, ada)).isTrue();
    assertThat(vault.isErased(tenant, grace)).isFalse();
    assertThat(vault.isErased(platform, ada)).isFalse();
    assertThat(vault.erased(tenant)).isEqualTo(1);
  }

  @Test
  void anotherNodeForgetsTheKeyThatItHasInMemory() {
    Personal name = vault.seal(tenant, ada, "Ada Lovelace");
    assertThat(other.open(tenant, name)).contains("Ada Lovelace");
    vault.erase(tenant, ada);
    await().atMost(AT_ONCE).untilAsserted(() -> assertThat(other.open(tenant, name)).isEmpty());
    assertThatThrownBy(() -> other.seal(tenant, ada, "again")).isInstanceOf(ErasedException.class);
  }

  @Test
  void aNodeThatCannotBeToldKeepsNoKeyInMemory() throws SQLException {
    Personal name = vault.seal(tenant, ada, "Ada Lovelace");
    assertThat(other.open(tenant, name)).contains("Ada Lovelace");
    Sql.run(
        postgres.superuser(),
        """
        select pg_terminate_backend(pid)
          from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
        """);
    // Past every node, so that nobody is told.
    await()
        .atMost(AT_ONCE)
        .ignoreExceptionsInstanceOf(DatabaseException.class)
        .untilAsserted(
            () -> {
              Sql.run(
                  postgres.superuser(),
                  "update ops.subject_key set wrapped = null, erased = now() where wrapped is not null"
                      + " and subject_id = '"
                      + ada
                      + "'");
              assertThat(other.open(tenant, name)).isEmpty();
            });
  }

  @Test
  void aPersonOfWhomThereIsNothingYetNeverGetsAKey() {
    vault.erase(tenant, ada);
    vault.erase(tenant, ada);
    assertThat(vault.erased(tenant)).isEqualTo(1);
    assertThatThrownBy(() -> vault.seal(tenant, ada, "Ada"))
        .isInstanceOfSatisfying(
            ErasedException.class, e -> assertThat(e.code()).isEqualTo("subject-erased"));
    assertThat(vault.seal(platform, ada, "elsewhere").subject()).isEqualTo(ada);
  }

  @Test
  void noNodeThatIsSealingBringsTheKeyBack() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID person = UUID.randomUUID();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var sealing = new ArrayList<Future<Boolean>>();
        for (Vault node : List.of(vault, other, vault, other)) {
          sealing.add(threads.submit(() -> seals(node, person)));
        }
        Future<?> erasing = threads.submit(() -> vault.erase(tenant, person));
        erasing.get();
        for (Future<Boolean> one : sealing) {
          one.get();
        }
      }
      await().atMost(AT_ONCE).until(() -> !seals(vault, person) && !seals(other, person));
    }
  }

  @Test
  void noRoleTakesAnErasureBack() {
    vault.seal(tenant, ada, "Ada");
    vault.erase(tenant, ada);
    for (String statement :
        List.of(
            "update ops.subject_key set wrapped = '\\x00', erased = null where tenant_id = ?",
            "update ops.subject_key set erased = now() where tenant_id = ?",
            "delete from ops.subject_key where tenant_id = ?")) {
      assertThatThrownBy(() -> run(statement)).isInstanceOf(DatabaseException.class);
    }
    assertThat(vault.isErased(tenant, ada)).isTrue();
  }

  @Test
  void ofATenantThatIsErasedNothingOpensAndNothingIsSealed() {
    Personal name = other.seal(tenant, ada, "Ada Lovelace");
    UUID secret = vault.keep(tenant, "hush".getBytes(UTF_8));
    vault.eraseAll(tenant);
    vault.eraseAll(tenant);
    assertThat(vault.isErased(tenant)).isTrue();
    assertThat(vault.reveal(tenant, secret)).isEmpty();
    await().atMost(AT_ONCE).untilAsserted(() -> assertThat(other.open(tenant, name)).isEmpty());
    assertThatThrownBy(() -> other.seal(tenant, grace, "Grace"))
        .isInstanceOf(ErasedException.class);
    assertThatThrownBy(() -> vault.keep(tenant, new byte[1])).isInstanceOf(ErasedException.class);
    assertThat(new Rewrapping(database, KeyFile.open(folder.resolve("kek"))).run()).isZero();
    assertThat(Rewrapping.dependents(database)).doesNotContainKey(0);
  }

  private static boolean seals(Vault node, UUID person, UUID tenant) {
    try {
      node.seal(tenant, person, "text");
      return true;
    } catch (ErasedException erased) {
      return false;
    }
  }

  private boolean seals(Vault node, UUID person) {
    return seals(node, person, tenant);
  }

  private void run(String statement) {
    database.transact(
        Scope.vault(tenant),
        connection -> {
          try (var prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, tenant);
            return prepared.executeUpdate();
          }
        });
  }

  private Vault node() {
    return new Vault(database, KeyFile.open(folder.resolve("kek")), platform);
  }
}
