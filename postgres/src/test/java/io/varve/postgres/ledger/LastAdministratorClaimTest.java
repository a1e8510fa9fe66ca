package io.varve.postgres.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.access.Role;
import io.varve.events.identity.UserEvent;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LastAdministratorClaimTest {

  private final UUID home = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void whoWasAnActiveAdministratorBeforeIsOneOfThoseOfWhomOneStays() {
    try (TestDatabase older = TestDatabase.migratedTo("6");
        Database database = new Database(older.login(), 2)) {
      var ledger = new TestLedger(database);
      UUID always = user(ledger, home, Role.TENANT_ADMIN);
      UUID promoted = user(ledger, home, Role.TENANT_USER, new UserRoleAssigned(Role.TENANT_ADMIN));
      UUID back = user(ledger, home, Role.TENANT_ADMIN, new UserDisabled(), new UserEnabled());
      user(ledger, home, Role.TENANT_USER);
      user(ledger, home, Role.TENANT_ADMIN, new UserRoleAssigned(Role.TENANT_USER));
      user(ledger, home, Role.TENANT_ADMIN, new UserDisabled());
      user(
          ledger,
          home,
          Role.TENANT_ADMIN,
          new UserDisabled(),
          new UserRoleAssigned(Role.TENANT_ADMIN));
      UUID alone = user(ledger, other, Role.CARRIER_ADMIN);
      older.migrate();
      assertThat(claims(database, home)).containsExactlyInAnyOrder(always, promoted, back);
      assertThat(claims(database, other)).containsExactly(alone);
      free(database, home, promoted, back);
      assertThatThrownBy(() -> free(database, home, always))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              refused -> assertThat(refused.sqlState()).isEqualTo("23001"));
      assertThat(claims(database, home)).containsExactly(always);
    }
  }

  @Test
  void allAtOnceAreNotFreedEither() {
    try (TestDatabase test = TestDatabase.migrated();
        Database database = new Database(test.login(), 2)) {
      UUID one = UUID.randomUUID();
      UUID two = UUID.randomUUID();
      take(database, one);
      take(database, two);
      assertThatThrownBy(() -> free(database, home, one, two))
          .isInstanceOf(DatabaseException.class);
      assertThat(claims(database, home)).containsExactlyInAnyOrder(one, two);
    }
  }

  private static UUID user(TestLedger ledger, UUID home, Role role, UserEvent... later) {
    UUID id = UUID.randomUUID();
    Personal text = Personal.of(id, new byte[28]);
    ledger.append(
        new Fact(
            home,
            id,
            0,
            new UserRegistered(
                new UserId(id), home, text, text, id.toString(), role, UUID.randomUUID())));
    for (int i = 0; i < later.length; i++) {
      ledger.append(new Fact(home, id, i + 1L, later[i]));
    }
    return id;
  }

  private static List<UUID> claims(Database database, UUID home) {
    return database.query(
        Scope.ledger(),
        """
        select holder_id from ledger.claim
         where tenant_id = ? and kind = 'user.admin' and holder_tenant = tenant_id and value = cast(holder_id as text)
        """,
        (statement, first) -> statement.setObject(first, home),
        row -> row.getObject(1, UUID.class));
  }

  private void take(Database database, UUID user) {
    run(
        database,
        """
        insert into ledger.claim (tenant_id, kind, value, holder_tenant, holder_id)
        select ?, 'user.admin', cast(u as text), ?, u from unnest(cast(? as uuid[])) u
        """,
        home,
        home,
        new UUID[] {user});
  }

  private static void free(Database database, UUID home, UUID... users) {
    run(
        database,
        """
        delete from ledger.claim where tenant_id = ? and kind = 'user.admin' and holder_id = any (?)
        """,
        home,
        users);
  }

  private static void run(Database database, String sql, Object... values) {
    database.transact(
        Scope.ledger(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              Object value =
                  values[i] instanceof UUID[] ids
                      ? connection.createArrayOf("uuid", ids)
                      : values[i];
              statement.setObject(i + 1, value);
            }
            return statement.executeUpdate();
          }
        });
  }
}
