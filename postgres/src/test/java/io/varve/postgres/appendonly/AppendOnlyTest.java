package io.varve.postgres.appendonly;

import static io.varve.postgres.testing.Intruder.DENIED;
import static io.varve.postgres.testing.Intruder.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.postgres.testing.Intruder;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.postgresql.PGConnection;

/** What is in the ledger stays as it is, whoever asks. */
class AppendOnlyTest {

  private static final String TENANT = "0197a000-0000-7000-8000-000000000001";

  private static final String INSERT =
      """
      insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                actor_kind, actor_id, payload, provenance)
      values (%1$d, '0197a000-0000-7000-8000-000000000001', %1$d, 'risk', '0197a000-0000-7000-8000-00000000000a', %1$d,
              uuidv7(), 'risk.identified', 1, now(), 'user', uuidv7(), '{"likelihood": 4}', '{}')
      """;

  private static final List<String> CHANGES =
      List.of(
          "update ledger.event set payload = '{}'",
          "update ledger.event set payload = '{}' where false",
          "delete from ledger.event",
          "delete from ledger.event where false",
          "truncate ledger.event",
          "truncate ledger.event cascade",
          """
          merge into ledger.event e using (select 1 as n) s on e.number = s.n
            when matched then update set payload = '{}'
          """,
          """
          merge into ledger.event e using (select 1 as n) s on e.number = s.n when matched then delete
          """,
          INSERT.formatted(1) + " on conflict (tenant_id, number) do update set payload = '{}'",
          "with gone as (delete from ledger.event returning *) select count(*) from gone");

  private static final List<String> DEMOLITIONS =
      List.of(
          "drop table ledger.event",
          "drop schema ledger cascade",
          "alter table ledger.event disable trigger append_only",
          "alter table ledger.event disable trigger all",
          "alter table ledger.event disable row level security",
          "alter table ledger.event alter payload type text",
          "alter table ledger.event drop column payload",
          "alter table ledger.event rename to gone",
          "alter table ledger.event add column more text",
          "drop trigger append_only on ledger.event",
          "drop function ledger.refuse_change() cascade",
          "create or replace function ledger.refuse_change() returns trigger language plpgsql as 'begin return null; end'",
          "create trigger mine after insert on ledger.event execute function ledger.refuse_change()",
          "create policy mine on ledger.event using (true)",
          "create rule mine as on insert to ledger.event do instead nothing",
          "create index on ledger.event (payload)",
          "lock table ledger.event in access exclusive mode",
          "set session_replication_role = replica");

  @AutoClose static final TestDatabase database = TestDatabase.migrated();

  @BeforeAll
  static void append() throws SQLException {
    Sql.run(database.superuser(), INSERT.formatted(1));
  }

  @TestFactory
  Stream<DynamicTest> noRoleOfTheApplicationChangesOrDemolishesTheLedger() {
    return Stream.of(
            "varve_command",
            "varve_ledger",
            "varve_query",
            "varve_projector",
            "varve_vault",
            "varve_access",
            "varve_platform",
            "varve_carrier")
        .map(
            role ->
                DynamicTest.dynamicTest(
                    role,
                    () -> {
                      try (var intruder = new Intruder(database.login())) {
                        for (String sql :
                            Stream.of(CHANGES, DEMOLITIONS).flatMap(List::stream).toList()) {
                          assertThat(intruder.as(role, TENANT).attempt(sql).state())
                              .as(sql)
                              .isEqualTo(DENIED);
                        }
                      }
                      assertTheEventStands();
                    }));
  }

  @Test
  void theOwnerDoesNotChangeWhatIsStored() throws SQLException {
    try (var owner = new Intruder(database.owner())) {
      for (String sql : CHANGES) {
        assertThat(owner.attempt(sql).state()).as(sql).isEqualTo(DENIED);
      }
    }
    assertTheEventStands();
  }

  @Test
  void aSuperuserIsRefusedByTheTriggerAlsoInASessionThatPlaysReplica() throws SQLException {
    try (var superuser = new Intruder(database.superuser())) {
      assertThat(superuser.attempt("delete from ledger.event").text()).contains("append-only");
      try (Statement statement = superuser.connection().createStatement()) {
        statement.execute("set session_replication_role = replica");
      }
      assertThat(superuser.attempt("update ledger.event set payload = '{}'").text())
          .contains("append-only: UPDATE");
      assertThat(superuser.attempt("truncate ledger.event").text())
          .contains("append-only: TRUNCATE");
    }
    assertTheEventStands();
  }

  @TestFactory
  Stream<DynamicTest> whatWasSignedStaysToo() throws SQLException {
    Sql.run(
        database.superuser(),
        "insert into ledger.log_checkpoint values (1, 0, decode(repeat('00', 32), 'hex'), now(), 'signed')");
    return Stream.of("ledger.checkpoint", "ledger.log_checkpoint", "ledger.seal_key")
        .flatMap(
            table ->
                Stream.of(
                    "update " + table + " set " + column(table) + " = 'forged'",
                    "delete from " + table + " where false",
                    "truncate " + table))
        .map(
            sql ->
                DynamicTest.dynamicTest(
                    sql,
                    () -> {
                      for (String role : List.of("varve_query", "varve_projector")) {
                        try (var intruder = new Intruder(database.login()).as(role, TENANT)) {
                          assertThat(intruder.attempt(sql).state()).isEqualTo(DENIED);
                        }
                      }
                      try (var superuser = new Intruder(database.superuser())) {
                        assertThat(superuser.attempt(sql).text()).contains("append-only");
                      }
                    }));
  }

  private static String column(String table) {
    return table.equals("ledger.seal_key") ? "statement" : "note";
  }

  @Test
  void theWriterAppendsAndCanNeitherReadNorReplace() throws SQLException {
    try (var writer = new Intruder(database.login()).as("varve_ledger", "")) {
      assertThat(writer.attempt(INSERT.formatted(2)).state()).isEqualTo(DONE);
      assertThat(writer.attempt("select count(*) from ledger.event").state()).isEqualTo(DENIED);
      assertThat(writer.attempt(INSERT.formatted(2) + " returning payload").state())
          .isEqualTo(DENIED);
    }
  }

  @Test
  void aColumnOfLaterIsNotTheWritersToFill() throws SQLException {
    try (TestDatabase later = TestDatabase.migrated()) {
      Sql.run(later.owner(), "alter table ledger.event add column verdict text");
      Sql.run(
          later.owner(),
          "alter table ledger.event add column seq bigint generated always as identity");
      try (var writer = new Intruder(later.login()).as("varve_ledger", "")) {
        assertThat(writer.attempt(INSERT.formatted(2)).state()).isEqualTo(DONE);
        assertThat(
                writer
                    .attempt("insert into ledger.event (position, verdict) values (2, 'forged')")
                    .state())
            .isEqualTo(DENIED);
        assertThat(
                writer
                    .attempt(
                        "insert into ledger.event (position, seq) overriding system value values (2, 1)")
                    .state())
            .isEqualTo(DENIED);
      }
    }
  }

  @Test
  void nothingIsCopiedInPastThePolicies() throws SQLException {
    for (String role : List.of("varve_ledger", "varve_query", "varve_projector")) {
      try (var intruder = new Intruder(database.login()).as(role, TENANT)) {
        Connection connection = intruder.connection();
        assertThatThrownBy(
                () ->
                    connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                            "copy ledger.event (position, tenant_id) from stdin",
                            new StringReader("2\t" + TENANT + "\n")))
            .isInstanceOf(SQLException.class)
            .hasMessageMatching(
                "(?s).*(permission denied|not supported with row-level security).*");
      }
    }
  }

  private static void assertTheEventStands() throws SQLException {
    assertThat(Sql.one(database.superuser(), "select payload from ledger.event"))
        .isEqualTo("{\"likelihood\": 4}");
  }
}
