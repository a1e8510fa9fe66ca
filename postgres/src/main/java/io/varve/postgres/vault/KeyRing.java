package io.varve.postgres.vault;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.AesGcm.Sort;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
final class KeyRing implements AutoCloseable {

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
  private final KeyCache<UUID> tenants = new KeyCache<>(TENANTS);
  private final KeyCache<Subject> subjects = new KeyCache<>(SUBJECTS);

  private record Subject(UUID tenant, UUID id) {}

  /**
   * A tenant's wrapped key and, where there is or was one, that of a subject. A destroyed key has
   * left its row.
   */
  private static final class Row {
    final @Nullable WrappedKey tenantKey;
    final @Nullable UUID subject;
    final byte @Nullable [] subjectKey;

    Row(ResultSet row) throws SQLException {
      byte[] wrapped = row.getBytes(2);
      tenantKey = wrapped == null ? null : new WrappedKey(row.getInt(1), wrapped);
      subject = row.getObject(3, UUID.class);
      subjectKey = row.getBytes(4);
    }
  }

  KeyRing(Database database, KeyEncryptionKey kek) {
    this.database = database;
    this.kek = kek;
  }

  /** Wipes what is in memory. */
  @Override
  public void close() {
    subjects.close();
    tenants.close();
  }

  /** Wipes what is in memory, for some key may be destroyed by now. */
  void forget() {
    subjects.forget();
    tenants.forget();
  }

  /** Keeps no key in memory until {@link #resume}. */
  void suspend() {
    subjects.suspend();
    tenants.suspend();
  }

  void resume() {
    subjects.resume();
    tenants.resume();
  }

  /**
   * The tenant's key, made if there is none.
   *
   * @throws ErasedException if it was destroyed
   */
  PlainKey tenant(UUID tenant) {
    Optional<PlainKey> known = existingTenant(tenant);
    if (known.isPresent()) {
      return known.get();
    }
    try (PlainKey made = PlainKey.random()) {
      WrappedKey wrapped = made.with(bytes -> kek.wrap(bytes, tenantContext(tenant)));
      add(
          tenant,
          ADD_TENANT,
          statement -> {
            statement.setObject(1, tenant);
            statement.setInt(2, wrapped.version());
            statement.setBytes(3, wrapped.bytes());
          });
    }
    return existingTenant(tenant).orElseThrow();
  }

  /** The tenant's key, if there is one. */
  Optional<PlainKey> existingTenant(UUID tenant) {
    Optional<PlainKey> cached = tenants.find(tenant);
    if (cached.isPresent()) {
      return cached;
    }
    long era = tenants.era();
    return find(tenant, Set.of()).stream().findFirst().map(row -> unwrapTenant(tenant, row, era));
  }

  /**
   * The subject's key, made if there is none.
   *
   * @throws ErasedException if it was destroyed
   */
  PlainKey subject(UUID tenant, UUID subject) {
    Optional<PlainKey> known = subjects.find(new Subject(tenant, subject));
    if (known.isEmpty()) {
      known = Optional.ofNullable(existing(tenant, Set.of(subject)).get(subject));
    }
    if (known.isPresent()) {
      return known.get();
    }
    try (PlainKey above = tenant(tenant);
        PlainKey made = PlainKey.random()) {
      byte[] wrapped =
          made.with(bytes -> AesGcm.seal(above, bytes, subjectContext(tenant, subject)));
      add(
          tenant,
          ADD_SUBJECT,
          statement -> {
            statement.setObject(1, tenant);
            statement.setObject(2, subject);
            statement.setBytes(3, wrapped);
          });
    }
    return Optional.ofNullable(existing(tenant, Set.of(subject)).get(subject))
        .orElseThrow(ErasedException::new);
  }

  /** Those of the subjects' keys that there are, in at most one round trip. */
  Map<UUID, PlainKey> existing(UUID tenant, Collection<UUID> wanted) {
    var found = new HashMap<UUID, PlainKey>();
    var missing = new HashSet<UUID>();
    for (UUID subject : Set.copyOf(wanted)) {
      subjects
          .find(new Subject(tenant, subject))
          .ifPresentOrElse(key -> found.put(subject, key), () -> missing.add(subject));
    }
    long era = subjects.era();
    long tenantEra = tenants.era();
    List<Row> rows = missing.isEmpty() ? List.of() : find(tenant, missing);
    if (rows.isEmpty() || rows.getFirst().tenantKey == null) {
      return found;
    }
    try (PlainKey above =
        tenants.find(tenant).orElseGet(() -> unwrapTenant(tenant, rows.getFirst(), tenantEra))) {
      for (Row row : rows) {
        if (row.subject != null && row.subjectKey != null) {
          byte[] plain = AesGcm.open(above, row.subjectKey, subjectContext(tenant, row.subject));
          found.put(
              row.subject,
              subjects.remember(new Subject(tenant, row.subject), new PlainKey(plain), era));
        }
      }
      return found;
    } catch (VaultException unusable) {
      found.values().forEach(PlainKey::close);
      throw unusable;
    }
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

  private PlainKey unwrapTenant(UUID tenant, Row row, long era) {
    if (row.tenantKey == null) {
      throw new ErasedException();
    }
    byte[] plain = kek.unwrap(row.tenantKey, tenantContext(tenant));
    return tenants.remember(tenant, new PlainKey(plain), era);
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

  static byte[] tenantContext(UUID tenant) {
    return AesGcm.context(Sort.TENANT_KEY, tenant, tenant);
  }

  private static byte[] subjectContext(UUID tenant, UUID subject) {
    return AesGcm.context(Sort.SUBJECT_KEY, tenant, subject);
  }
}
