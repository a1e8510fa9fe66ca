package io.varve.postgres.isolation;

import static io.varve.postgres.testing.Intruder.DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.testing.Intruder;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The login role before it has taken a scope. */
class LoginWithoutScopeTest {

  @AutoClose static final TestDatabase database = TestDatabase.migrated();
  private static Intruder login;

  @BeforeAll
  static void connect() throws SQLException {
    login = new Intruder(database.login());
  }

  @AfterAll
  static void disconnect() throws SQLException {
    login.close();
  }

  @TestFactory
  Stream<DynamicTest> everyTableAndViewIsDenied() throws SQLException {
    return names(
            """
            select c.oid::regclass from pg_class c join pg_namespace n on n.oid = relnamespace
             where relkind in ('r', 'p', 'v', 'm', 'f') and nspname !~ '^pg_' and nspname <> 'information_schema'
            """)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      for (String statement :
                          List.of(
                              "select from %s",
                              "insert into %s default values",
                              "delete from %s",
                              "truncate %s",
                              "lock table %s in access share mode",
                              "copy %s to stdout",
                              "drop table %s")) {
                        assertThat(login.attempt(statement.formatted(name)).state())
                            .as(statement, name)
                            .isEqualTo(DENIED);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyFunctionAndProcedureIsDenied() throws SQLException {
    return names(
            """
            select format('%s %s(%s)', case prokind when 'p' then 'call' else 'select' end, p.oid::regproc,
                     (select string_agg('null', ',') from generate_series(1, pronargs)))
              from pg_proc p join pg_namespace n on n.oid = pronamespace
             where nspname !~ '^pg_' and nspname <> 'information_schema' and prorettype <> 'trigger'::regtype
            """)
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call, () -> assertThat(login.attempt(call).state()).isEqualTo(DENIED)));
  }

  @Test
  void nothingCanBeMade() throws SQLException {
    for (String statement :
        List.of(
            "create schema mine",
            "create table public.mine (n int)",
            "create table read.mine (n int)",
            "create temporary table mine (n int)",
            "create role mine",
            "create function public.mine() returns int language sql return 1",
            "do 'begin end'",
            "select lo_create(0)",
            "alter table ledger.event disable trigger all",
            "set session_replication_role = replica",
            "set session authorization varve_owner",
            "set role varve_owner",
            "copy (select 1) to program 'true'")) {
      assertThat(login.attempt(statement).state()).as(statement).isEqualTo(DENIED);
    }
  }

  private static Stream<String> names(String sql) throws SQLException {
    var names = new ArrayList<String>();
    try (Connection superuser = Sql.connect(database.superuser());
        Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    assertThat(names).isNotEmpty();
    return names.stream();
  }
}
