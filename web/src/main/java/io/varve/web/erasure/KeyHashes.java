package io.varve.web.erasure;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;

/**
 * What the secrets of the API keys are told by that a person has made. They open nothing once their
 * maker is erased.
 */
final class KeyHashes implements ErasedSubject {

  private static final String MADE =
      """
      select id from ledger.event
       where tenant_id = ? and type = 'api-key.issued' and payload ->> 'maker' = cast(cast(? as uuid) as text)
      """;

  private static final String COUNT =
      """
      select count(*) from ops.key_secret where tenant_id = ? and id = any (?)
      """;

  private static final String DELETE =
      """
      delete from ops.key_secret where tenant_id = ? and id = any (?)
      """;

  private final Database database;

  KeyHashes(Database database) {
    this.database = database;
  }

  @Override
  public String what() {
    return "keys";
  }

  @Override
  public long count(UUID tenant, UUID subject) {
    Object[] made = made(tenant, subject).toArray();
    return database
        .queryOne(
            Scope.access(tenant),
            COUNT,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setArray(first + 1, statement.getConnection().createArrayOf("uuid", made));
            },
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Override
  public long forget(UUID tenant, UUID subject) {
    Object[] made = made(tenant, subject).toArray();
    return database.transact(
        Scope.projector(List.of(tenant)),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setObject(1, tenant);
            statement.setArray(2, connection.createArrayOf("uuid", made));
            return statement.executeUpdate();
          }
        });
  }

  private List<UUID> made(UUID tenant, UUID subject) {
    return database.query(
        Scope.command(tenant),
        MADE,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, subject);
        },
        row -> row.getObject(1, UUID.class));
  }
}
