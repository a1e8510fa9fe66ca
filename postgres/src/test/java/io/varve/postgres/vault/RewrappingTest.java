package io.varve.postgres.vault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.events.personal.Personal;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewrappingTest {

  private static final int TENANTS = 700;

  @AutoClose private final TestDatabase postgres = TestDatabase.migrated();
  @AutoClose private final Database database = new Database(postgres.login(), 12);
  @TempDir Path folder;

  private final UUID platform = UUID.randomUUID();
  private final Map<UUID, Personal> sealed = new ConcurrentHashMap<>();
  private final List<Vault> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Vault::close);
  }

  /** Dies when it is asked to wrap one time too often. */
  private record Dying(KeyEncryptionKey real, AtomicInteger left) implements KeyEncryptionKey {

    @Override
    public int version() {
      return real.version();
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
      if (left.decrementAndGet() < 0) {
        throw new IllegalStateException("killed");
      }
      return real.wrap(key, context);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
      return real.unwrap(wrapped, context);
    }
  }

  @Test
  void whileAllIsWrappedAnewNobodyFailsAndThenTheOldKeyCanBeDestroyed() throws Exception {
    KeyFile kek = kek();
    Vault vault = node(kek);
    UUID secret = vault.keep(platform, new byte[] {7});
    String hash = vault.lookupHash("user.email", "ada@example.com");
    for (int i = 0; i < TENANTS; i++) {
      write(vault);
    }
    assertThat(Rewrapping.dependents(database)).isEqualTo(Map.of(1, 1L + TENANTS));
    assertThat(new Rewrapping(database, kek).run()).isZero();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stop = new AtomicBoolean();
      List<Future<?>> users = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        KeyFile itsKek = kek();
        users.add(threads.submit(() -> use(itsKek, stop)));
      }
      KeyFile.files(folder.resolve("kek")).add();
      await().atMost(5, SECONDS).until(() -> kek.version() == 2);
      var killed = new Rewrapping(database, new Dying(kek, new AtomicInteger(TENANTS / 2)));
      assertThatIllegalStateException().isThrownBy(killed::run);
      assertThat(Rewrapping.dependents(database)).containsKeys(1, 2);

      // Two nodes finish it, each its own part or both the same.
      List<Future<Integer>> nodes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        nodes.add(threads.submit(() -> new Rewrapping(database, kek()).run()));
      }
      for (Future<Integer> node : nodes) {
        node.get();
      }
      stop.set(true);
      for (Future<?> user : users) {
        user.get();
      }
    }
    // What a node that had not noticed the rotation yet has made since.
    new Rewrapping(database, kek).run();
    assertThat(Rewrapping.dependents(database)).isEqualTo(Map.of(2, 1L + sealed.size()));

    Files.delete(folder.resolve("kek"));
    Vault afterwards = node(kek());
    sealed.forEach(
        (tenant, text) -> assertThat(afterwards.open(tenant, text)).contains("of " + tenant));
    assertThat(afterwards.reveal(platform, secret)).hasValue(new byte[] {7});
    assertThat(afterwards.lookupHash("user.email", "ada@example.com")).isEqualTo(hash);
  }

  @Test
  void aKeyThatCannotBeOpenedIsLeftAsItIsAndTheOthersAreWrappedAnew() throws Exception {
    Vault vault = node(kek());
    UUID broken = write(vault);
    write(vault);
    String damage =
        "update ops.tenant_key set wrapped = '\\x00' where tenant_id = '" + broken + "'";
    Sql.run(postgres.superuser(), damage);
    KeyFile.files(folder.resolve("kek")).add();
    assertThat(new Rewrapping(database, kek()).run()).isEqualTo(1);
    assertThat(Rewrapping.dependents(database)).isEqualTo(Map.of(1, 1L, 2, 1L));
  }

  @Test
  void whoLooksAcrossTenantsSeesNoKey() {
    write(node(kek()));
    for (String table : List.of("ops.tenant_key", "ops.subject_key", "ops.purpose_key")) {
      assertThatThrownBy(
              () ->
                  database.query(
                      Scope.projector(),
                      "select wrapped from " + table,
                      (statement, first) -> {},
                      row -> row.getBytes(1)))
          .hasMessageContaining("permission denied");
    }
  }

  /** As requests do: a node with nothing in memory every time. */
  private int use(KeyFile kek, AtomicBoolean stop) {
    int rounds = 0;
    while (!stop.get()) {
      try (Vault fresh = new Vault(database, kek, platform)) {
        write(fresh);
      }
      try (Vault fresh = new Vault(database, kek, platform)) {
        sealed.entrySet().stream()
            .skip(rounds % TENANTS)
            .limit(20)
            .forEach(
                one ->
                    assertThat(fresh.open(one.getKey(), one.getValue()))
                        .contains("of " + one.getKey()));
        fresh.lookupHash("user.email", "ada@example.com");
      }
      rounds++;
    }
    return rounds;
  }

  private UUID write(Vault vault) {
    UUID tenant = UUID.randomUUID();
    sealed.put(tenant, vault.seal(tenant, UUID.randomUUID(), "of " + tenant));
    return tenant;
  }

  private KeyFile kek() {
    return KeyFile.open(folder.resolve("kek"));
  }

  private Vault node(KeyEncryptionKey kek) {
    var node = new Vault(database, kek, platform);
    nodes.add(node);
    return node;
  }
}
