package io.varve.postgres.isolation;

import static io.varve.postgres.testing.Intruder.DENIED;
import static io.varve.postgres.testing.Intruder.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.testing.Intruder;
import io.varve.postgres.testing.Intruder.Outcome;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.io.StringWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Ways to learn of another tenant without reading its rows. */
class SideChannelTest {

  private static final String OURS = "0197a000-0000-7000-8000-000000000001";
  private static final String THEIRS = "0197a000-0000-7000-8000-000000000002";
  private static final String SECRET = "the takeover";

  @AutoClose static final TestDatabase database = TestDatabase.migrated();
  private static Intruder intruder;

  @BeforeAll
  static void fill() throws SQLException {
    Sql.run(
        database.superuser(),
        """
        insert into ops.tenant_key (tenant_id, kek_version, wrapped)
        values ('0197a000-0000-7000-8000-000000000001', 1, '\\x00'), ('0197a000-0000-7000-8000-000000000002', 1, '\\x00');
        insert into ops.snapshot (tenant_id, id, sequence, stream, revision, state)
        values ('0197a000-0000-7000-8000-000000000002', '0197a000-0000-7000-8000-00000000000b', 1, 'risk', 1, 'the takeover');
        insert into ledger.claim (tenant_id, kind, value, holder_tenant, holder_id)
        values ('0197a000-0000-7000-8000-000000000002', 'slug', 'the takeover', '0197a000-0000-7000-8000-000000000002', uuidv7());
        insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                  actor_kind, actor_id, payload, provenance)
        select n, case n when 1 then '0197a000-0000-7000-8000-000000000001' else '0197a000-0000-7000-8000-000000000002' end::uuid,
               n, 'risk', uuidv7(), 0, uuidv7(), 'risk.identified', 1, now(), 'user', uuidv7(),
               json_build_object('title', case n when 1 then 'flooding' else 'the takeover' end), '{}'
          from generate_series(1, 3) n;
        analyze;
        """);
    intruder = new Intruder(database.login());
  }

  @AfterAll
  static void disconnect() throws SQLException {
    intruder.close();
  }

  private static Outcome query(String sql) throws SQLException {
    return intruder.as("varve_query", OURS).attempt(sql);
  }

  private static Outcome command(String sql) throws SQLException {
    return intruder.as("varve_command", OURS).attempt(sql);
  }

  private static void assertDenied(String... statements) throws SQLException {
    for (String sql : statements) {
      assertThat(query(sql).state()).as(sql).isEqualTo(DENIED);
    }
  }

  @Test
  void aViewThatAsksAsItsInvokerShowsTheInvokersRows() throws SQLException {
    try (TestDatabase later = TestDatabase.migrated()) {
      Sql.run(
          later.superuser(),
          """
          insert into ledger.claim values ('0197a000-0000-7000-8000-000000000002', 'slug', 'the takeover', uuidv7(), uuidv7());
          create view read.claims with (security_invoker = true) as select value from ledger.claim;
          grant select on read.claims to varve_query
          """);
      try (var reader = new Intruder(later.login())) {
        assertThat(reader.as("varve_query", OURS).attempt("table read.claims").rows()).isEmpty();
        assertThat(reader.as("varve_query", THEIRS).attempt("table read.claims").rows())
            .containsExactly(SECRET);
      }
    }
  }

  @Test
  void functionsThatRunSqlRunItAsTheirCaller() throws SQLException {
    for (String sql :
        List.of(
            "select query_to_xml('select payload from ledger.event', true, true, '')",
            "select table_to_xml('ledger.event', true, true, '')",
            "select schema_to_xml('ledger', true, true, '')",
            "select word from ts_stat('select to_tsvector(payload::text) from ledger.event')")) {
      Outcome outcome = query(sql);
      assertThat(outcome.rows().toString()).as(sql).contains("flood").doesNotContain("takeover");
    }
  }

  @Test
  void anErrorInAConditionNeverComesFromAnothersRow() throws SQLException {
    assertThat(query("select from ledger.event where 1 / (number - 2) > 5").state())
        .isEqualTo(DONE);
    Outcome cast = query("select from ledger.event where (payload ->> 'title')::int > 0");
    assertThat(cast.text()).contains("flood").doesNotContain("takeover");
  }

  @Test
  void copyingOutIsReading() throws Exception {
    PGConnection connection =
        intruder.as("varve_query", OURS).connection().unwrap(PGConnection.class);
    for (String sql :
        List.of("copy ledger.event to stdout", "copy (select * from ledger.event) to stdout")) {
      var copied = new StringWriter();
      connection.getCopyAPI().copyOut(sql, copied);
      assertThat(copied.toString()).contains("flood").doesNotContain("takeover");
    }
    assertDenied(
        "copy ledger.event to '/tmp/stolen'",
        "copy ledger.event to program 'cat'",
        "copy ledger.event from '/etc/passwd'");
  }

  @Test
  void aDuplicateOfAnothersKeyIsNoDuplicateAndTellsNothing() throws SQLException {
    String row = "insert into ops.snapshot values ('%s', '%s', 2, 'risk', 1, '')";
    String theirId = "0197a000-0000-7000-8000-00000000000b";
    assertThat(command(row.formatted(OURS, theirId)).state()).isEqualTo(DONE);
    for (String conflict :
        List.of(
            "",
            " on conflict do nothing",
            " on conflict (tenant_id, id) do nothing",
            " on conflict (tenant_id, id) do update set state = 'taken over'",
            " on conflict (tenant_id, id) do update set state = snapshot.state returning state")) {
      String absent = "0197a000-0000-7000-8000-00000000000c";
      Outcome present = command(row.formatted(THEIRS, theirId) + conflict);
      Outcome missing = command(row.formatted(THEIRS, absent) + conflict);
      assertThat(present.state()).as(conflict).isEqualTo(DENIED);
      assertThat(present).as("the same answer whether it is there or not").isEqualTo(missing);
      assertThat(present.text()).doesNotContain(THEIRS).doesNotContain(SECRET);
    }
  }

  @Test
  void mergeMatchesNoRowOfAnother() throws SQLException {
    Outcome merged =
        command(
            """
            merge into ops.snapshot s using (select 1) one on s.sequence = 1
              when matched then update set state = 'taken over'
              when not matched then do nothing
            """);
    assertThat(merged.state()).isEqualTo(DONE);
    assertThat(merged.touched()).isZero();
  }

  @Test
  void aForeignKeyTellsOnlyOfTheOwnTenant() throws SQLException {
    String row = "insert into ops.subject_key values ('%s', uuidv7(), '\\x00')";
    intruder.as("varve_vault", OURS);
    assertThat(intruder.attempt(row.formatted(OURS)).state()).isEqualTo(DONE);
    Outcome present = intruder.attempt(row.formatted(THEIRS));
    Outcome missing = intruder.attempt(row.formatted("0197a000-0000-7000-8000-000000000003"));
    assertThat(present.state()).isEqualTo(DENIED);
    assertThat(present).isEqualTo(missing);
  }

  @Test
  void theWritersErrorsShowNoValues() throws SQLException {
    Outcome duplicate =
        intruder
            .as("varve_ledger", "")
            .attempt(
                "insert into ledger.claim values ('%s', 'slug', '%s', uuidv7(), uuidv7())"
                    .formatted(THEIRS, SECRET));
    assertThat(duplicate.state()).isEqualTo("23505");
    assertThat(duplicate.text()).contains("claim_pkey").doesNotContain(SECRET);
    Outcome broken =
        intruder.attempt("insert into ledger.counter values ('%s', -1)".formatted(THEIRS));
    assertThat(broken.state()).isEqualTo("23514");
    assertThat(broken.text()).doesNotContain(THEIRS);
  }

  @Test
  void anExpressionTakesNoOtherRoleOrTenant() throws SQLException {
    assertDenied(
        "select set_config('varve.tenant_id', '" + THEIRS + "', true)",
        "select set_config('role', 'varve_projector', true)",
        "select from ledger.event where set_config('role', 'varve_projector', true) is not null",
        "update pg_settings set setting = '0' where name = 'statement_timeout'",
        "do 'begin end'");
    assertThat(query("select query_to_xml('set role varve_projector', true, true, '')").text())
        .contains("SET is not allowed");
  }

  /**
   * The statements SET and SET ROLE cannot be taken away: the login is a member of every role. They
   * need a statement of their own, so what stops them is that SQL is never made from input, and
   * that one class alone sends them (see {@link OneWayToTheDatabaseTest}). What was set so ends
   * with the transaction: see DatabaseTest.
   */
  @Test
  void aStatementOfItsOwnStillTakesWhatTheLoginMayTakeAndNoMore() throws SQLException {
    assertThat(query("set role varve_projector").state()).isEqualTo(DONE);
    assertDenied(
        "set role varve_owner",
        "set role postgres",
        "set session authorization varve_owner",
        "set session_replication_role = replica",
        "set log_statement = 'all'");
  }

  @Test
  void otherSessionsAreOutOfReachAndOutOfSight() throws SQLException {
    assertDenied(
        "select * from pg_stat_activity",
        "select * from pg_locks",
        "select * from pg_prepared_xacts",
        "select * from pg_replication_slots",
        "select pg_cancel_backend(1)",
        "select pg_terminate_backend(1)",
        "select pg_advisory_lock(1)",
        "select pg_try_advisory_xact_lock(1)",
        "select pg_blocking_pids(1)",
        "select pg_log_backend_memory_contexts(1)",
        "select pg_export_snapshot()",
        "select pg_read_file('/etc/passwd')",
        "select pg_stat_reset()");
  }

  @Test
  void statisticsTellNothingOfWhatIsProtected() throws SQLException {
    assertThat(
            query(
                    """
                    select tablename from pg_stats where schemaname in ('ledger', 'read', 'ops') and tablename <> 'head'
                    """)
                .rows())
        .isEmpty();
    assertDenied(
        "select * from pg_statistic",
        "select * from pg_stat_user_tables",
        "select * from pg_statio_user_tables",
        "select * from pg_stat_database",
        "select pg_total_relation_size('ledger.event')",
        "select pg_database_size(current_database())",
        "select pg_current_wal_lsn()",
        "select position from ledger.head",
        "select at from ledger.head");
  }

  @Test
  void systemColumnsAreThoseOfTheOwnRows() throws SQLException {
    assertThat(query("select ctid from ledger.event").rows()).hasSize(1);
    assertThat(query("select from ledger.event where ctid = '(0,2)'").rows()).isEmpty();
    assertThat(
            query("select tableoid::regclass || xmin::text || cmin::text from ledger.event").rows())
        .hasSize(1);
  }

  /** The count of a plan is an estimate over all tenants: so no code of ours shows a plan. */
  @Test
  void aPlansRowsAreCountedUnderThePolicy() throws SQLException {
    Outcome plan =
        query(
            "explain (analyze, costs off, timing off, summary off, buffers off) table ledger.event");
    assertThat(plan.rows().toString()).contains("InitPlan").contains("rows=1.00");
  }

  @Test
  void nothingIsKeptOutsideOfTables() throws SQLException {
    assertDenied(
        "create temporary table mine as table ledger.event",
        "create table read.mine (n int)",
        "select lo_from_bytea(0, 'x')",
        "select lo_create(0)",
        "select lo_get(1)",
        "select * from pg_largeobject",
        "create sequence read.mine",
        "select pg_logical_emit_message(false, 'a', 'b')");
    assertThat(
            Sql.one(
                database.superuser(),
                "select count(*) from pg_class where relkind = 'S' and relnamespace::regnamespace::text !~ '^pg_'"))
        .isEqualTo("0");
  }

  @Test
  void aCursorSeesWhatItsTransactionWasAllowedToSee() throws SQLException {
    intruder.as("varve_query", OURS);
    try (PreparedStatement declare =
            intruder
                .connection()
                .prepareStatement(
                    "declare c cursor for select payload ->> 'title' from ledger.event");
        PreparedStatement fetch = intruder.connection().prepareStatement("fetch all from c")) {
      declare.execute();
      try (ResultSet rows = fetch.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("flooding");
        assertThat(rows.next()).isFalse();
      }
    }
    assertThat(intruder.as("varve_query", THEIRS).attempt("fetch all from c").state())
        .as("gone with its transaction")
        .isEqualTo("34000");
  }

  @Test
  void noRequestKeepsOthersOutOfATable() throws SQLException {
    for (String role : List.of("varve_command", "varve_query")) {
      for (String table : List.of("ledger.event", "ops.snapshot", "read.risk", "ledger.claim")) {
        assertThat(
                intruder
                    .as(role, OURS)
                    .attempt("lock table " + table + " in share row exclusive mode")
                    .state())
            .isEqualTo(DENIED);
      }
    }
  }
}
