package io.varve.web.key;

import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.PlatformClaims;
import io.varve.postgres.ledger.PlatformClaims.Holder;
import io.varve.postgres.vault.Pepper;
import io.varve.postgres.vault.Pepper.Peppered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tells right secrets of API keys from wrong ones: of each a hash under a pepper that is not
 * in the database, made anew when the key is used and there is a newer pepper. Nobody guesses 256
 * bits, so wrong ones are not counted for each key: the limit of each address is enough.
 */
public final class KeySecrets {

  /** How much later another use is worth writing down. */
  static final Duration COARSE = Duration.ofMinutes(5);

  /** Reads like a key that is there, and is none. */
  private static final Holder NOBODY = new Holder(new UUID(0, 0), new UUID(0, 0));

  private static final String FIND =
      """
      select pepper_version, hash, last_used from ops.key_secret where tenant_id = ? and id = ?
      """;

  private static final String KEEP =
      """
      insert into ops.key_secret (tenant_id, id, pepper_version, hash) values (?, ?, ?, ?)
      returning id
      """;

  private static final String HASH_ANEW =
      """
      update ops.key_secret set pepper_version = ?, hash = ?
       where tenant_id = ? and id = ? and pepper_version < ?
      returning id
      """;

  /** Of two nodes at once one writes. */
  private static final String USE =
      """
      update ops.key_secret set last_used = ?
       where tenant_id = ? and id = ? and (last_used is null or last_used <= ?)
      returning id
      """;

  private static final String LAST_USES =
      """
      select id, last_used from ops.key_secret where tenant_id = ? and id = any (?) and last_used is not null
      """;

  private final Database database;
  private final Pepper pepper;
  private final PlatformClaims claims;
  private final Clock clock;

  private record Stored(Peppered hash, @Nullable Instant lastUsed) {}

  /**
   * @param platform the platform's own tenant, within which prefixes are unique
   */
  public KeySecrets(Database database, Pepper pepper, UUID platform, Clock clock) {
    this.database = database;
    this.pepper = pepper;
    this.claims = new PlatformClaims(database, platform);
    this.clock = clock;
  }

  /** Whether a bearer token is meant to be a key, and not an access token. */
  public static boolean areIn(String token) {
    return KeyText.isMeant(token);
  }

  /** Whose key this is, if there is one of that prefix and secret. */
  public Optional<KnownKey> verify(String token) {
    return KeyText.parse(token).flatMap(this::verify);
  }

  /** A prefix that nobody has costs what a wrong secret costs. */
  private Optional<KnownKey> verify(KeyText key) {
    Holder holder = claims.holder(ApiKey.PREFIX_CLAIM, key.prefix()).orElse(NOBODY);
    Stored stored = stored(holder).orElseGet(this::nothing);
    if (!pepper.matches(stored.hash(), key.secret())) {
      return Optional.empty();
    }
    if (stored.hash().version() < pepper.version()) {
      hashAnew(holder, key.secret());
    }
    return Optional.of(new KnownKey(holder.tenant(), new ApiKeyId(holder.id()), stored.lastUsed()));
  }

  /** Keeps what a new key's secret is told by. */
  void keep(UUID tenant, UUID id, String secret) {
    Peppered hash = pepper.hash(secret);
    database.query(
        Scope.access(tenant),
        KEEP,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, id);
          statement.setInt(first + 2, hash.version());
          statement.setBytes(first + 3, bytes(hash));
        },
        row -> row.getObject(1, UUID.class));
  }

  /** Notes that a key is used now, unless that was noted lately. */
  public void use(KnownKey key) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    OffsetDateTime before = now.minus(COARSE);
    if (key.lastUsed() != null && key.lastUsed().isAfter(before.toInstant())) {
      return;
    }
    database.query(
        Scope.access(key.home()),
        USE,
        (statement, first) -> {
          statement.setObject(first, now);
          statement.setObject(first + 1, key.home());
          statement.setObject(first + 2, key.id().value());
          statement.setObject(first + 3, before);
        },
        row -> row.getObject(1, UUID.class));
  }

  /** When keys of a tenant were used last, as far as they ever were. */
  Map<UUID, Instant> lastUses(UUID tenant, Collection<UUID> ids) {
    var uses = new HashMap<UUID, Instant>();
    database.query(
        Scope.access(tenant),
        LAST_USES,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setArray(
              first + 1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
        },
        row -> uses.put(row.getObject(1, UUID.class), instant(row, 2)));
    return uses;
  }

  private Optional<Stored> stored(Holder holder) {
    return database.queryOne(
        Scope.access(holder.tenant()),
        FIND,
        (statement, first) -> {
          statement.setObject(first, holder.tenant());
          statement.setObject(first + 1, holder.id());
        },
        row -> new Stored(new Peppered(row.getInt(1), text(row.getBytes(2))), instant(row, 3)));
  }

  private Stored nothing() {
    return new Stored(new Peppered(pepper.version(), text(new byte[32])), null);
  }

  private void hashAnew(Holder holder, String secret) {
    Peppered hash = pepper.hash(secret);
    database.query(
        Scope.access(holder.tenant()),
        HASH_ANEW,
        (statement, first) -> {
          statement.setInt(first, hash.version());
          statement.setBytes(first + 1, bytes(hash));
          statement.setObject(first + 2, holder.tenant());
          statement.setObject(first + 3, holder.id());
          statement.setInt(first + 4, hash.version());
        },
        row -> row.getObject(1, UUID.class));
  }

  private static byte[] bytes(Peppered hash) {
    return Base64.getUrlDecoder().decode(hash.hash());
  }

  private static String text(byte[] hash) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
