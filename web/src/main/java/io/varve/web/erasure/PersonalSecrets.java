package io.varve.web.erasure;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.Vault;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the vault keeps of a person: hashes of all passwords, and what was shared with all devices,
 * those that wait for their first code among them.
 */
final class PersonalSecrets implements ErasedSubject {

  private static final String RECORDED =
      """
      select cast(coalesce(payload ->> 'credential', payload ->> 'totp') as uuid)
        from ledger.event
       where tenant_id = ? and id = ? and type in ('user.registered', 'user.password-set', 'user.totp-enrolled')
         and coalesce(payload ->> 'credential', payload ->> 'totp') is not null
      """;

  private static final String PENDING =
      """
      select totp from ops.totp_enrolment where tenant_id = ? and user_id = ? and totp is not null
      """;

  private static final List<String> TRACES =
      List.of(
          """
          delete from ops.totp_use where tenant_id = ? and totp = any (?)
          """,
          """
          delete from ops.totp_enrolment where tenant_id = ? and user_id = ?
          """);

  private final Database database;
  private final Vault vault;

  PersonalSecrets(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @Override
  public String what() {
    return "secrets";
  }

  @Override
  public long count(UUID tenant, UUID subject) {
    return vault.count(tenant, references(tenant, subject));
  }

  /** The rows that lead to the secrets go last, lest an interruption leave some behind. */
  @Override
  public long forget(UUID tenant, UUID subject) {
    Set<UUID> references = references(tenant, subject);
    long before = vault.count(tenant, references);
    references.forEach(reference -> vault.forget(tenant, reference));
    database.transact(
        Scope.projector(List.of(tenant)),
        connection -> {
          try (PreparedStatement uses = connection.prepareStatement(TRACES.getFirst());
              PreparedStatement enrolment = connection.prepareStatement(TRACES.getLast())) {
            uses.setObject(1, tenant);
            uses.setArray(2, connection.createArrayOf("uuid", references.toArray()));
            enrolment.setObject(1, tenant);
            enrolment.setObject(2, subject);
            return uses.executeUpdate() + enrolment.executeUpdate();
          }
        });
    return before;
  }

  private Set<UUID> references(UUID tenant, UUID subject) {
    var all = new HashSet<>(find(Scope.command(tenant), RECORDED, tenant, subject));
    all.addAll(find(Scope.access(tenant), PENDING, tenant, subject));
    return all;
  }

  private List<UUID> find(Scope scope, String sql, UUID tenant, UUID subject) {
    return database.query(
        scope,
        sql,
        (statement, first) -> bind(statement, first, tenant, subject),
        row -> row.getObject(1, UUID.class));
  }

  private static void bind(PreparedStatement statement, int first, UUID tenant, UUID subject)
      throws SQLException {
    statement.setObject(first, tenant);
    statement.setObject(first + 1, subject);
  }
}
