package io.varve.web.erasure;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;

/**
 * Rows beside the ledger that are about a person.
 *
 * @param count how many there are; takes the tenant and the person
 * @param delete takes the same
 */
record PersonalRows(Database database, String what, String count, String delete)
    implements ErasedSubject {

  private static final String SESSIONS =
      """
      select count(distinct session_id) from ops.refresh_token where tenant_id = ? and user_id = ?
      """;

  private static final String DELETE_SESSIONS =
      """
      delete from ops.refresh_token where tenant_id = ? and user_id = ?
      """;

  private static final String LINKS =
      """
      select count(*) from ops.link where tenant_id = ? and user_id = ?
      """;

  private static final String DELETE_LINKS =
      """
      delete from ops.link where tenant_id = ? and user_id = ?
      """;

  private static final String RECOVERY_CODES =
      """
      select coalesce(sum(cardinality(hashes)), 0) from ops.recovery_code where tenant_id = ? and user_id = ?
      """;

  private static final String DELETE_RECOVERY_CODES =
      """
      delete from ops.recovery_code where tenant_id = ? and user_id = ?
      """;

  static List<ErasedSubject> all(Database database) {
    return List.of(
        new PersonalRows(database, "sessions", SESSIONS, DELETE_SESSIONS),
        new PersonalRows(database, "links", LINKS, DELETE_LINKS),
        new PersonalRows(database, "recoveryCodes", RECOVERY_CODES, DELETE_RECOVERY_CODES));
  }

  @Override
  public long count(UUID tenant, UUID subject) {
    return database
        .queryOne(
            Scope.access(tenant),
            count,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setObject(first + 1, subject);
            },
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Override
  public long forget(UUID tenant, UUID subject) {
    long before = count(tenant, subject);
    database.transact(
        Scope.projector(List.of(tenant)),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setObject(1, tenant);
            statement.setObject(2, subject);
            return statement.executeUpdate();
          }
        });
    return before;
  }
}
