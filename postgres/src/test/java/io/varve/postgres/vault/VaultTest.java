package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.personal.Personal;
import io.varve.postgres.Database;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  @AutoClose static final TestDatabase postgres = TestDatabase.migrated();
  @AutoClose static final Database database = new Database(postgres.login(), 8);

  @TempDir static Path folder;

  private final UUID platform = UUID.randomUUID();
  private final UUID tenant = UUID.randomUUID();
  private final UUID subject = UUID.randomUUID();
  private final KeyEncryptionKey kek = KeyFile.open(folder.resolve("kek"));
  private final List<Vault> nodes = new ArrayList<>();
  private final Vault vault = anotherNode();

  /** Each listens with a connection of its own. */
  @AfterEach
  void stop() {
    nodes.forEach(Vault::close);
  }

  @Test
  void whatIsSealedOpensOnAnyNodeAndNeverLooksTheSameTwice() {
    Personal once = vault.seal(tenant, subject, "Ada Lovelace");
    Personal again = vault.seal(tenant, subject, "Ada Lovelace");
    assertThat(once).isNotEqualTo(again);
    assertThat(once.subject()).isEqualTo(subject);
    assertThat(anotherNode().open(tenant, once)).contains("Ada Lovelace");
    assertThat(vault.open(tenant, again)).contains("Ada Lovelace");
  }

  @Test
  void manyOpenAtOnce() {
    List<Personal> sealed = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sealed.add(vault.seal(tenant, UUID.randomUUID(), "person " + i));
    }
    Map<Personal, String> opened = anotherNode().openAll(tenant, sealed);
    assertThat(opened).hasSize(50).containsEntry(sealed.get(7), "person 7");
    assertThat(vault.openAll(tenant, List.of())).isEmpty();
  }

  @Test
  void onceTheKeyIsDestroyedNothingOpens() throws SQLException {
    Personal sealed = vault.seal(tenant, subject, "Ada");
    Personal other = vault.seal(tenant, UUID.randomUUID(), "Grace");
    Sql.run(
        postgres.superuser(), "delete from ops.subject_key where subject_id = '" + subject + "'");
    assertThat(anotherNode().open(tenant, sealed)).isEmpty();
    assertThat(anotherNode().openAll(tenant, List.of(sealed, other))).containsOnlyKeys(other);
  }

  @Test
  void aTextOpensInItsOwnTenantOnly() {
    Personal sealed = vault.seal(tenant, subject, "Ada");
    UUID elsewhere = UUID.randomUUID();
    assertThat(vault.open(elsewhere, sealed)).isEmpty();
    vault.seal(elsewhere, subject, "the same person, under another key");
    assertThatThrownBy(() -> vault.open(elsewhere, sealed)).isInstanceOf(VaultException.class);
  }

  @Test
  void aTextThatWasChangedOrMovedToAnotherPersonIsRefused() {
    Personal sealed = vault.seal(tenant, subject, "Ada");
    byte[] bytes = sealed.bytes();
    bytes[bytes.length - 1] ^= 1;
    Personal changed = Personal.of(subject, bytes);
    UUID other = vault.seal(tenant, UUID.randomUUID(), "Grace").subject();
    for (Personal wrong :
        List.of(
            changed,
            new Personal(other, sealed.cipher()),
            new Personal(subject, "AAAA"),
            new Personal(subject, "not base64!"))) {
      assertThatThrownBy(() -> vault.open(tenant, wrong)).isInstanceOf(VaultException.class);
    }
  }

  @Test
  void ofManyNodesThatMakeTheSameKeyAtOnceAllUseOne() throws Exception {
    List<Vault> nodes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      nodes.add(anotherNode());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Personal>> sealed = new ArrayList<>();
      for (Vault node : nodes) {
        sealed.add(threads.submit(() -> node.seal(tenant, subject, "Ada")));
      }
      for (Future<Personal> text : sealed) {
        for (Vault node : List.of(nodes.getFirst(), anotherNode())) {
          assertThat(node.open(tenant, text.get())).contains("Ada");
        }
      }
    }
  }

  @Test
  void aKeyThatLeavesTheCacheWhileItIsUsedFailsNobody() throws Exception {
    List<Personal> sealed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sealed.add(vault.seal(tenant, UUID.randomUUID(), "person " + i));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Vault shared = i % 2 == 0 ? vault : anotherNode();
        readers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 50; round++) {
                    assertThat(shared.openAll(tenant, sealed)).hasSize(40);
                  }
                }));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  @Test
  void aSecretIsKeptUnderAReferenceOfItsTenantUntilItIsForgotten() {
    byte[] secret = "hunter2".getBytes(UTF_8);
    UUID reference = vault.keep(tenant, secret);
    assertThat(anotherNode().reveal(tenant, reference)).hasValue(secret);
    assertThat(vault.reveal(UUID.randomUUID(), reference)).isEmpty();
    assertThat(vault.reveal(tenant, UUID.randomUUID())).isEmpty();
    vault.forget(tenant, reference);
    assertThat(vault.reveal(tenant, reference)).isEmpty();
  }

  @Test
  void theDatabaseHoldsNothingReadable() throws SQLException {
    vault.keep(tenant, "hunter2-hunter2".getBytes(UTF_8));
    String dump =
        Sql.one(
            postgres.superuser(),
            "select string_agg(encode(sealed, 'escape'), '') from ops.secret where tenant_id = '"
                + tenant
                + "'");
    assertThat(dump).isNotEmpty().doesNotContain("hunter2");
  }

  @Test
  void aSecretThatWasCopiedToAnotherReferenceIsRefused() throws SQLException {
    UUID reference = vault.keep(tenant, new byte[] {1, 2, 3});
    UUID copy = UUID.randomUUID();
    Sql.run(
        postgres.superuser(),
        "insert into ops.secret select tenant_id, '%s', sealed from ops.secret where id = '%s'"
            .formatted(copy, reference));
    assertThatThrownBy(() -> vault.reveal(tenant, copy)).isInstanceOf(VaultException.class);
  }

  @Test
  void aLookupHashIsTheSameOnEveryNodeAndTellsKindsApart() {
    String hash = vault.lookupHash("user.email", "ada@example.com");
    assertThat(hash).matches("[A-Za-z0-9_-]{43}");
    assertThat(anotherNode().lookupHash("user.email", "ada@example.com")).isEqualTo(hash);
    assertThat(vault.lookupHash("other", "ada@example.com")).isNotEqualTo(hash);
    assertThat(vault.lookupHash("user.email", "ada@example.org")).isNotEqualTo(hash);
    Vault elsewhere = node(KeyFile.open(folder.resolve("another")), UUID.randomUUID());
    assertThat(elsewhere.lookupHash("user.email", "ada@example.com")).isNotEqualTo(hash);
  }

  @Test
  void withoutTheKeyFileNothingOpens() {
    Personal sealed = vault.seal(tenant, subject, "Ada");
    Vault stranger = node(KeyFile.open(folder.resolve("stranger")), platform);
    assertThatThrownBy(() -> stranger.open(tenant, sealed)).isInstanceOf(VaultException.class);
  }

  @Test
  void theKeyOfLookupHashesIsTheOneThatWasDerivedFromTheFirstKeyFile() throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve("kek"));
    SecretKey derived =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "HmacSHA256",
                HKDFParameterSpec.ofExtract()
                    .addIKM(bytes)
                    .thenExpand("varve lookup hash".getBytes(UTF_8), 32));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(derived);
    byte[] hash = mac.doFinal("user.email\0ada@example.com".getBytes(UTF_8));
    assertThat(vault.lookupHash("user.email", "ada@example.com"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  @Test
  void ofManyNodesThatHashFirstAllHashAlike() throws Exception {
    // Like a service's, this key has no past: the first key for a purpose is made at random.
    List<Future<String>> hashes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        Vault node = node(new WatchedKek(kek), platform);
        hashes.add(threads.submit(() -> node.lookupHash("user.email", "ada@example.com")));
      }
      for (Future<String> hash : hashes) {
        assertThat(hash.get()).isEqualTo(hashes.getFirst().get());
      }
    }
    assertThat(vault.lookupHash("user.email", "ada@example.com"))
        .isEqualTo(hashes.getFirst().get());
  }

  @Test
  void noKeyStaysInMemoryAfterUse() {
    var watched = new WatchedKek(kek);
    Vault node = node(watched, platform);
    node.keep(tenant, new byte[] {1});
    node.open(tenant, node.seal(tenant, subject, "Ada"));
    node.lookupHash("user.email", "ada@example.com");
    assertThat(watched.given()).hasSize(2).allMatch(VaultTest::isZero);
    assertThat(watched.opened()).anyMatch(key -> !isZero(key));
    node.close();
    assertThat(watched.opened()).allMatch(VaultTest::isZero);
    assertThat(node.open(tenant, node.seal(tenant, subject, "Ada"))).contains("Ada");
  }

  private Vault anotherNode() {
    return node(kek, platform);
  }

  private Vault node(KeyEncryptionKey key, UUID of) {
    var node = new Vault(database, key, of);
    nodes.add(node);
    return node;
  }

  private static boolean isZero(byte[] key) {
    return Arrays.equals(key, new byte[key.length]);
  }
}
