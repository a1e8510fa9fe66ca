package io.varve.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.postgres.ConnectionSettings;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void twoDatabasesDoNotSeeEachOther() throws SQLException {
    try (TestDatabase one = TestDatabase.create();
        TestDatabase other = TestDatabase.create()) {
      Sql.run(one.owner(), "create schema s create table t (n int)");
      assertThatThrownBy(() -> Sql.run(other.owner(), "table s.t")).hasMessageContaining("s.t");
    }
  }

  @Test
  void aTemplateIsPreparedOnceAndItsGrantsAreCopied() throws SQLException {
    AtomicInteger prepared = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      try (TestDatabase copy = TestDatabase.copyOf("grants", owner -> fill(owner, prepared))) {
        assertThat(Sql.one(copy.owner(), "select n from s.t")).isEqualTo("7");
        assertThat(Sql.one(copy.as("copied", "copied"), "show work_mem")).isEqualTo("5MB");
        assertThat(
                Sql.one(
                    copy.owner(),
                    "select has_database_privilege('copied', current_database(), 'temp')"))
            .isEqualTo("f");
      }
    }
    assertThat(prepared).hasValue(1);
  }

  @Test
  void aMigratedDatabaseLetsTheLoginInAndNothingElse() throws SQLException {
    try (TestDatabase database = TestDatabase.migrated()) {
      assertThat(Sql.one(database.login(), "select current_user")).isEqualTo("varve_login");
      assertThatThrownBy(() -> Sql.run(database.login(), "table ledger.event"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> Sql.run(database.login(), "create temp table t (n int)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void theOwnerIsNoSuperuserAndNobodyElseMayConnectOrLock() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      String roles = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user";
      assertThat(Sql.one(database.owner(), roles)).isEqualTo("f");
      assertThat(Sql.one(database.superuser(), roles)).isEqualTo("t");
      Sql.run(database.superuser(), "drop role if exists stranger");
      Sql.run(database.superuser(), "create role stranger login password 'stranger'");
      assertThatThrownBy(() -> Sql.connect(database.as("stranger", "stranger")))
          .hasMessageContaining("permission denied for database");
      for (String function :
          new String[] {"pg_advisory_lock(1)", "pg_cancel_backend(1)", "lo_create(0)"}) {
        assertThatThrownBy(
                () -> Sql.run(database.superuser(), "set role stranger; select " + function))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static void fill(ConnectionSettings owner, AtomicInteger prepared) {
    try {
      prepared.incrementAndGet();
      Sql.run(owner, "create schema s create table t (n int)");
      Sql.run(owner, "insert into s.t values (7)");
      Sql.run(owner, "create role copied login password 'copied'");
      String database = Sql.one(owner, "select current_database()");
      Sql.run(owner, "grant connect on database " + database + " to copied");
      Sql.run(owner, "alter role copied in database " + database + " set work_mem = '5MB'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
