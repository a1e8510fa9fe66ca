package io.varve.postgres.vault;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the keys of tenants anew with the newest version of the key-encryption key, so that older
 * versions can be destroyed. The keys themselves stay the same, so nobody notices; any number of
 * nodes may do it at once, and whoever is stopped half-way goes on another time.
 */
public final class Rewrapping {

  private static final Logger log = LoggerFactory.getLogger(Rewrapping.class);
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** The projector sees which tenants there are and which version each waits for, and no key. */
  private static final String OUTDATED =
      """
      select tenant_id from ops.tenant_key where kek_version < ? and tenant_id > ? order by tenant_id limit 500
      """;

  private static final String COUNT =
      """
      select kek_version, count(*) from ops.tenant_key where kek_version is not null group by kek_version
      """;

  private static final String FIND =
      """
      select kek_version, wrapped from ops.tenant_key where tenant_id = ? and erased is null
      """;

  private static final String REPLACE =
      """
      update ops.tenant_key set kek_version = ?, wrapped = ? where tenant_id = ? and kek_version = ?
      """;

  private final Database database;
  private final KeyEncryptionKey kek;

  public Rewrapping(Database database, KeyEncryptionKey kek) {
    this.database = database;
    this.kek = kek;
  }

  /**
   * Wraps anew what an older version wrapped. A key that cannot be opened is left as it is, and
   * logged.
   *
   * @return how many were wrapped anew
   */
  public int run() {
    int done = 0;
    List<UUID> batch = outdated(BEFORE_ALL);
    while (!batch.isEmpty()) {
      for (UUID tenant : batch) {
        done += tryToRewrap(tenant);
        if (Thread.currentThread().isInterrupted()) {
          return done;
        }
      }
      batch = outdated(batch.getLast());
    }
    return done;
  }

  /**
   * How many tenants' keys each version of the key-encryption key wraps. A version that is missing
   * here wraps none: but for backups of the database that are older than this, and for a node that
   * has not noticed a newer one yet, nothing depends on it.
   */
  public static Map<Integer, Long> dependents(Database database) {
    return database
        .query(
            Scope.projector(),
            COUNT,
            (statement, first) -> {},
            row -> Map.entry(row.getInt(1), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private List<UUID> outdated(UUID after) {
    int version = kek.version();
    return database.query(
        Scope.projector(),
        OUTDATED,
        (statement, first) -> {
          statement.setInt(first, version);
          statement.setObject(first + 1, after);
        },
        row -> row.getObject(1, UUID.class));
  }

  private int tryToRewrap(UUID tenant) {
    try {
      return find(tenant).map(wrapped -> rewrap(tenant, wrapped)).orElse(0);
    } catch (VaultException unusable) {
      log.error("A tenant's key cannot be wrapped anew", unusable);
      return 0;
    }
  }

  private Optional<WrappedKey> find(UUID tenant) {
    return database.queryOne(
        Scope.vault(tenant),
        FIND,
        (statement, first) -> statement.setObject(first, tenant),
        row -> new WrappedKey(row.getInt(1), row.getBytes(2)));
  }

  private int rewrap(UUID tenant, WrappedKey old) {
    byte[] context = KeyRing.tenantContext(tenant);
    try (PlainKey key = new PlainKey(kek.unwrap(old, context))) {
      WrappedKey anew = key.with(bytes -> kek.wrap(bytes, context));
      return anew.version() > old.version() ? replace(tenant, old, anew) : 0;
    }
  }

  /** Unless another node has. */
  private int replace(UUID tenant, WrappedKey old, WrappedKey anew) {
    return database.transact(
        Scope.vault(tenant),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REPLACE)) {
            statement.setInt(1, anew.version());
            statement.setBytes(2, anew.bytes());
            statement.setObject(3, tenant);
            statement.setInt(4, old.version());
            return statement.executeUpdate();
          }
        });
  }
}
