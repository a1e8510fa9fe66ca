package io.varve.postgres.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.AesGcm.Sort;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of tenants and of their subjects: stored wrapped, made when first needed, and for a
 * short while in memory. What is handed out is a copy that the caller wipes by closing it.
 */
final class KeyRing {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int TENANTS = 2_000;
  private static final int SUBJECTS = 20_000;

  private static final String FIND =
      """
      select t.kek_version, t.wrapped, s.subject_id, s.wrapped
        from ops.tenant_key t
        left join ops.subject_key s on s.tenant_id = t.tenant_id and s.subject_id = any (?)
       where t.tenant_id = ?
      """;

  private static final String ADD_TENANT =
      """
      insert into ops.tenant_key (tenant_id, kek_version, wrapped) values (?, ?, ?) on conflict do nothing
      """;

  private static final String ADD_SUBJECT =
      """
      insert into ops.subject_key (tenant_id, subject_id, wrapped) values (?, ?, ?) on conflict do nothing
      """;

  private final Database database;
  private final KeyEncryptionKey kek;
  private final Cache<UUID, PlainKey> tenants = cache(TENANTS);
  private final Cache<Subject, PlainKey> subjects = cache(SUBJECTS);

  private record Subject(UUID tenant, UUID id) {}

  /** A tenant's wrapped key and, where one was found, that of a subject. */
  private static final class Row {
    final int kekVersion;
    final byte[] tenantKey;
    final @Nullable UUID subject;
    final byte @Nullable [] subjectKey;

    Row(ResultSet row) throws SQLException {
      kekVersion = row.getInt(1);
      tenantKey = row.getBytes(2);
      subject = row.getObject(3, UUID.class);
      subjectKey = row.getBytes(4);
    }
  }

  KeyRing(Database database, KeyEncryptionKey kek) {
    this.database = database;
    this.kek = kek;
  }

  /** The tenant's key, made if there is none. */
  PlainKey tenant(UUID tenant) {
    Optional<PlainKey> known = existingTenant(tenant);
    if (known.isPresent()) {
      return known.get();
    }
    try (PlainKey made = PlainKey.random()) {
      byte[] wrapped = kek.wrap(made.getEncoded(), tenantContext(tenant));
      add(
          tenant,
          ADD_TENANT,
          statement -> {
            statement.setObject(1, tenant);
            statement.setInt(2, kek.version());
            statement.setBytes(3, wrapped);
          });
    }
    return existingTenant(tenant).orElseThrow();
  }

  /** The tenant's key, if there is one. */
  Optional<PlainKey> existingTenant(UUID tenant) {
    Optional<PlainKey> cached = copy(tenants.getIfPresent(tenant));
    if (cached.isPresent()) {
      return cached;
    }
    return find(tenant, Set.of()).stream().findFirst().map(row -> unwrapTenant(tenant, row));
  }

  /** The subject's key, made if there is none. */
  PlainKey subject(UUID tenant, UUID subject) {
    Optional<PlainKey> known = copy(subjects.getIfPresent(new Subject(tenant, subject)));
    if (known.isEmpty()) {
      known = Optional.ofNullable(existing(tenant, Set.of(subject)).get(subject));
    }
    if (known.isPresent()) {
      return known.get();
    }
    try (PlainKey above = tenant(tenant);
        PlainKey made = PlainKey.random()) {
      byte[] wrapped = AesGcm.seal(above, made.getEncoded(), subjectContext(tenant, subject));
      add(
          tenant,
          ADD_SUBJECT,
          statement -> {
            statement.setObject(1, tenant);
            statement.setObject(2, subject);
            statement.setBytes(3, wrapped);
          });
    }
    return Optional.ofNullable(existing(tenant, Set.of(subject)).get(subject)).orElseThrow();
  }

  /** Those of the subjects' keys that there are, in at most one round trip. */
  Map<UUID, PlainKey> existing(UUID tenant, Collection<UUID> wanted) {
    var found = new HashMap<UUID, PlainKey>();
    var missing = new HashSet<UUID>();
    for (UUID subject : Set.copyOf(wanted)) {
      copy(subjects.getIfPresent(new Subject(tenant, subject)))
          .ifPresentOrElse(key -> found.put(subject, key), () -> missing.add(subject));
    }
    List<Row> rows = missing.isEmpty() ? List.of() : find(tenant, missing);
    if (rows.isEmpty()) {
      return found;
    }
    try (PlainKey above = unwrapTenant(tenant, rows.getFirst())) {
      for (Row row : rows) {
        if (row.subject != null && row.subjectKey != null) {
          byte[] plain = AesGcm.open(above, row.subjectKey, subjectContext(tenant, row.subject));
          found.put(
              row.subject,
              remember(subjects, new Subject(tenant, row.subject), new PlainKey(plain)));
        }
      }
    }
    return found;
  }

  private List<Row> find(UUID tenant, Set<UUID> wanted) {
    return database.query(
        Scope.vault(tenant),
        FIND,
        (statement, first) -> {
          statement.setArray(
              first, statement.getConnection().createArrayOf("uuid", wanted.toArray()));
          statement.setObject(first + 1, tenant);
        },
        Row::new);
  }

  private PlainKey unwrapTenant(UUID tenant, Row row) {
    byte[] plain = kek.unwrap(row.kekVersion, row.tenantKey, tenantContext(tenant));
    return remember(tenants, tenant, new PlainKey(plain));
  }

  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /**
   * Adds a row unless another node has. It returns when one of the two is committed, so that the
   * next query finds it.
   */
  private void add(UUID tenant, String sql, Binder binder) {
    database.transact(
        Scope.vault(tenant),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate();
          }
        });
  }

  /** Keeps a key in memory, unless there is one already, and gives a copy. */
  private static <K> PlainKey remember(Cache<K, PlainKey> cache, K id, PlainKey key) {
    PlainKey copy = key.copy().orElseThrow();
    if (cache.asMap().putIfAbsent(id, key) != null) {
      key.close();
    }
    return copy;
  }

  private static Optional<PlainKey> copy(@Nullable PlainKey cached) {
    return cached == null ? Optional.empty() : cached.copy();
  }

  private static <K> Cache<K, PlainKey> cache(int size) {
    return Caffeine.newBuilder()
        .maximumSize(size)
        .expireAfterWrite(KEPT)
        .removalListener(KeyRing::wipe)
        .build();
  }

  private static void wipe(@Nullable Object id, @Nullable PlainKey key, RemovalCause cause) {
    if (key != null) {
      key.close();
    }
  }

  private static byte[] tenantContext(UUID tenant) {
    return AesGcm.context(Sort.TENANT_KEY, tenant, tenant);
  }

  private static byte[] subjectContext(UUID tenant, UUID subject) {
    return AesGcm.context(Sort.SUBJECT_KEY, tenant, subject);
  }
}
