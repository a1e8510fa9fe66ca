package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.AesGcm.Sort;
import java.sql.PreparedStatement;
import java.util.Optional;
import java.util.UUID;

/**
 * The installation's own keys, each for one purpose and never changing: what was hashed with one
 * cannot be hashed again. They are stored under the key of the platform's tenant, so that they
 * outlive every version of the key-encryption key.
 */
final class PurposeKeys implements AutoCloseable {

  private static final int PURPOSES = 10;

  private static final String FIND =
      """
      select wrapped from ops.purpose_key where tenant_id = ? and purpose = ?
      """;

  private static final String ADD =
      """
      insert into ops.purpose_key (tenant_id, purpose, wrapped) values (?, ?, ?) on conflict do nothing
      """;

  private final Database database;
  private final KeyEncryptionKey kek;
  private final KeyRing keys;
  private final UUID platform;
  private final KeyCache<String> cache = new KeyCache<>(PURPOSES);

  PurposeKeys(Database database, KeyEncryptionKey kek, KeyRing keys, UUID platform) {
    this.database = database;
    this.kek = kek;
    this.keys = keys;
    this.platform = platform;
  }

  /** The key for a purpose, made if there is none. */
  PlainKey key(String purpose) {
    Optional<PlainKey> known = cache.find(purpose).or(() -> stored(purpose));
    if (known.isPresent()) {
      return known.get();
    }
    try (PlainKey above = keys.tenant(platform);
        PlainKey first = first(purpose)) {
      add(purpose, first.with(bytes -> AesGcm.seal(above, bytes, context(purpose))));
    }
    return stored(purpose).orElseThrow();
  }

  @Override
  public void close() {
    cache.close();
  }

  private PlainKey first(String purpose) {
    return kek.derived(purpose).map(PlainKey::new).orElseGet(PlainKey::random);
  }

  private Optional<PlainKey> stored(String purpose) {
    long era = cache.era();
    return database
        .queryOne(
            Scope.vault(platform),
            FIND,
            (statement, first) -> {
              statement.setObject(first, platform);
              statement.setString(first + 1, purpose);
            },
            row -> row.getBytes(1))
        .map(wrapped -> open(purpose, wrapped, era));
  }

  private PlainKey open(String purpose, byte[] wrapped, long era) {
    try (PlainKey above = keys.tenant(platform)) {
      byte[] plain = AesGcm.open(above, wrapped, context(purpose));
      return cache.remember(purpose, new PlainKey(plain), era);
    }
  }

  /** Of many nodes that add the same one, the first does. */
  private void add(String purpose, byte[] wrapped) {
    database.transact(
        Scope.vault(platform),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, platform);
            statement.setString(2, purpose);
            statement.setBytes(3, wrapped);
            return statement.executeUpdate();
          }
        });
  }

  private byte[] context(String purpose) {
    return AesGcm.context(
        Sort.PURPOSE_KEY, platform, UUID.nameUUIDFromBytes(purpose.getBytes(UTF_8)));
  }
}
