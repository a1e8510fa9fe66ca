package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.personal.Personal;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.AesGcm.Sort;
import java.security.GeneralSecurityException;
import java.sql.PreparedStatement;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must not be read by whoever gets hold of the ledger: personal text, under a key of the
 * person it is about, and secrets, which events only refer to.
 *
 * <p>Subject keys are wrapped by their tenant's key, and that by the {@link KeyEncryptionKey}; all
 * of them AES-256-GCM, each text bound to its tenant and its subject or reference, so that none can
 * be moved elsewhere. Once a subject's key is destroyed, its texts open no more.
 */
public final class Vault implements AutoCloseable {

  private static final String KEEP =
      """
      insert into ops.secret (tenant_id, id, sealed) values (?, ?, ?)
      """;

  private static final String REVEAL =
      """
      select sealed from ops.secret where tenant_id = ? and id = ?
      """;

  private static final String FORGET =
      """
      delete from ops.secret where tenant_id = ? and id = ?
      """;

  private static final String COUNT =
      """
      select count(*) from ops.secret where tenant_id = ? and id = any (?)
      """;

  private static final String IMPORTED =
      """
      select true from ledger.claim where tenant_id = ? and kind = 'tenant.imported'
      """;

  private static final String LOOKUP = "varve lookup hash";

  private final Database database;
  private final KeyRing keys;
  private final PurposeKeys purposes;
  private final Erasures erasures;
  private final KeyNews news;

  /**
   * @param platform the tenant that the installation's own keys belong to
   */
  public Vault(Database database, KeyEncryptionKey kek, UUID platform) {
    this.database = database;
    this.keys = new KeyRing(database, kek);
    this.purposes = new PurposeKeys(database, kek, keys, platform);
    this.erasures = new Erasures(database);
    this.news = new KeyNews(database, keys);
    news.start();
  }

  /** Wipes the keys that are in memory. */
  @Override
  public void close() {
    news.close();
    purposes.close();
    keys.close();
  }

  /**
   * Text about a person as it should be from now on: as it was if it says the same, for encrypted
   * anew it would look like a change.
   */
  public Personal reseal(UUID tenant, UUID subject, @Nullable Personal was, String plain) {
    return was != null && open(tenant, was).filter(plain::equals).isPresent()
        ? was
        : seal(tenant, subject, plain);
  }

  /**
   * Encrypts text about a person. The same text never looks the same twice.
   *
   * @throws ErasedException if the person was erased
   */
  public Personal seal(UUID tenant, UUID subject, String plain) {
    try (PlainKey key = keys.subject(tenant, subject)) {
      byte[] sealed = AesGcm.seal(key, plain.getBytes(UTF_8), context(tenant, subject));
      return Personal.of(subject, sealed);
    }
  }

  /**
   * The text, or nothing if its subject's key is destroyed or is another tenant's.
   *
   * @throws VaultException if it is not as it was sealed
   */
  public Optional<String> open(UUID tenant, Personal sealed) {
    return Optional.ofNullable(openAll(tenant, List.of(sealed)).get(sealed));
  }

  /**
   * All of the texts that can be opened, in at most one round trip. Of a tenant that was imported
   * those cannot that were sealed where it came from.
   *
   * @throws VaultException if one is not as it was sealed
   */
  public Map<Personal, String> openAll(UUID tenant, Collection<Personal> sealed) {
    Map<UUID, PlainKey> found =
        keys.existing(tenant, sealed.stream().map(Personal::subject).toList());
    try {
      var opened = new HashMap<Personal, String>();
      for (Personal text : sealed) {
        PlainKey key = found.get(text.subject());
        if (key != null) {
          open(tenant, text, key).ifPresent(plain -> opened.put(text, plain));
        }
      }
      return opened;
    } finally {
      found.values().forEach(PlainKey::close);
    }
  }

  /** Puts a secret into the vault, for good before this returns, and gives its reference. */
  public UUID keep(UUID tenant, byte[] secret) {
    UUID reference = UUID.randomUUID();
    try (PlainKey key = keys.tenant(tenant)) {
      byte[] sealed = AesGcm.seal(key, secret, AesGcm.context(Sort.SECRET, tenant, reference));
      change(tenant, KEEP, reference, sealed);
    }
    return reference;
  }

  /** A secret of the tenant, which the caller wipes after use; nothing if there is none. */
  public Optional<byte[]> reveal(UUID tenant, UUID reference) {
    Optional<byte[]> sealed =
        database.queryOne(
            Scope.vault(tenant),
            REVEAL,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setObject(first + 1, reference);
            },
            row -> row.getBytes(1));
    return sealed.map(
        text -> {
          try (PlainKey key = keys.tenant(tenant)) {
            return AesGcm.open(key, text, AesGcm.context(Sort.SECRET, tenant, reference));
          }
        });
  }

  /** How many of these secrets there still are. */
  public long count(UUID tenant, Collection<UUID> references) {
    return database
        .queryOne(
            Scope.vault(tenant),
            COUNT,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setArray(
                  first + 1, statement.getConnection().createArrayOf("uuid", references.toArray()));
            },
            row -> row.getLong(1))
        .orElseThrow();
  }

  /** Destroys a secret that no event refers to any more. */
  public void forget(UUID tenant, UUID reference) {
    change(tenant, FORGET, reference, null);
  }

  /**
   * Destroys a person's key, for good before this returns, and has every node forget it: nothing
   * that was sealed about the person opens any more, and nothing more is sealed.
   */
  public void erase(UUID tenant, UUID subject) {
    keys.tenant(tenant).close();
    erasures.erase(tenant, subject);
    keys.forget();
  }

  /**
   * Destroys all keys of a tenant and its secrets, for good before this returns: nothing that was
   * sealed in it opens any more.
   */
  public void eraseAll(UUID tenant) {
    if (!isErased(tenant)) {
      keys.tenant(tenant).close();
    }
    erasures.eraseAll(tenant);
    keys.forget();
  }

  /** Whether a person's key was destroyed. */
  public boolean isErased(UUID tenant, UUID subject) {
    return erasures.isErased(tenant, subject);
  }

  /** Whether all keys of a tenant were destroyed. */
  public boolean isErased(UUID tenant) {
    return erasures.isErased(tenant);
  }

  /** Of how many people of a tenant the key was destroyed. */
  public long erased(UUID tenant) {
    return erasures.count(tenant);
  }

  /**
   * A hash to look a personal value up by, or to claim it with, without knowing it: HMAC-SHA-256
   * (RFC 2104) as 43 characters of base64url. The same in the whole installation.
   *
   * @param kind what the value is; the same value of another kind hashes differently
   * @param value in the one form in which it is compared, for example in lower case
   */
  public String lookupHash(String kind, String value) {
    try (PlainKey key = purposes.key(LOOKUP)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(kind.getBytes(UTF_8));
      mac.update((byte) 0);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(value.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Optional<String> open(UUID tenant, Personal text, PlainKey key) {
    byte[] sealed = bytes(text);
    try {
      return Optional.of(
          new String(AesGcm.open(key, sealed, context(tenant, text.subject())), UTF_8));
    } catch (VaultException unusable) {
      if (isImported(tenant)) {
        return Optional.empty();
      }
      throw unusable;
    }
  }

  /** Whether a tenant's first texts were sealed elsewhere, under keys that never came here. */
  private boolean isImported(UUID tenant) {
    return database
        .queryOne(
            Scope.query(tenant),
            IMPORTED,
            (statement, first) -> statement.setObject(first, tenant),
            row -> true)
        .isPresent();
  }

  private void change(UUID tenant, String sql, UUID reference, byte @Nullable [] sealed) {
    database.transact(
        Scope.vault(tenant),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant);
            statement.setObject(2, reference);
            if (sealed != null) {
              statement.setBytes(3, sealed);
            }
            return statement.executeUpdate();
          }
        });
  }

  private static byte[] bytes(Personal text) {
    try {
      return text.bytes();
    } catch (IllegalArgumentException malformed) {
      throw new VaultException("A sealed text is malformed.", malformed);
    }
  }

  private static byte[] context(UUID tenant, UUID subject) {
    return AesGcm.context(Sort.PERSONAL, tenant, subject);
  }
}
