package io.varve.postgres.vault;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Destroys keys. What is left of one is that there was one, and when it was destroyed: its row
 * stays, so that no other node can make another, not even one that is about to. With the
 * transaction all nodes are told to forget what they have in memory.
 */
final class Erasures {

  /** Every node listens to it. It says nothing. */
  static final String CHANNEL = "varve_vault";

  private static final String ERASE =
      """
      insert into ops.subject_key as k (tenant_id, subject_id, erased) values (?, ?, now())
      on conflict (tenant_id, subject_id) do update set wrapped = null, erased = excluded.erased where k.erased is null
      """;

  private static final String ERASE_ALL =
      """
      update ops.subject_key set wrapped = null, erased = now() where tenant_id = ? and erased is null
      """;

  private static final String FORGET_SECRETS =
      """
      delete from ops.secret where tenant_id = ?
      """;

  private static final String ERASE_TENANT =
      """
      update ops.tenant_key set wrapped = null, kek_version = null, erased = now() where tenant_id = ? and erased is null
      """;

  private static final String TELL =
      """
      select pg_notify('varve_vault', '')
      """;

  private static final String IS_ERASED =
      """
      select 1 from ops.subject_key where tenant_id = ? and subject_id = ? and erased is not null
      """;

  private static final String IS_TENANT_ERASED =
      """
      select 1 from ops.tenant_key where tenant_id = ? and erased is not null
      """;

  private static final String COUNT =
      """
      select count(*) from ops.subject_key where tenant_id = ? and erased is not null
      """;

  private final Database database;

  Erasures(Database database) {
    this.database = database;
  }

  void erase(UUID tenant, UUID subject) {
    database.transact(
        Scope.vault(tenant),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ERASE)) {
            statement.setObject(1, tenant);
            statement.setObject(2, subject);
            statement.executeUpdate();
          }
          return tell(connection);
        });
  }

  void eraseAll(UUID tenant) {
    database.transact(
        Scope.vault(tenant),
        connection -> {
          run(connection, FORGET_SECRETS, tenant);
          run(connection, ERASE_ALL, tenant);
          run(connection, ERASE_TENANT, tenant);
          return tell(connection);
        });
  }

  boolean isErased(UUID tenant, UUID subject) {
    return database
        .queryOne(
            Scope.vault(tenant),
            IS_ERASED,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setObject(first + 1, subject);
            },
            row -> true)
        .isPresent();
  }

  boolean isErased(UUID tenant) {
    return database
        .queryOne(
            Scope.vault(tenant),
            IS_TENANT_ERASED,
            (statement, first) -> statement.setObject(first, tenant),
            row -> true)
        .isPresent();
  }

  long count(UUID tenant) {
    return database
        .queryOne(
            Scope.vault(tenant),
            COUNT,
            (statement, first) -> statement.setObject(first, tenant),
            row -> row.getLong(1))
        .orElseThrow();
  }

  private static void run(Connection connection, String sql, UUID tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.executeUpdate();
    }
  }

  private static boolean tell(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TELL)) {
      return statement.execute();
    }
  }
}
