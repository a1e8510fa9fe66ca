package io.varve.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** So that the next migration cannot forget a rule: neither the rules, nor the rules themselves. */
class CatalogTest {

  @AutoClose static final TestDatabase database = TestDatabase.migrated();

  @AutoClose static Connection superuser;

  @BeforeAll
  static void connect() throws SQLException {
    superuser = Sql.connect(database.superuser());
    try (Statement statement = superuser.createStatement()) {
      statement.execute(Rule.VOCABULARY);
    }
    superuser.setAutoCommit(false);
  }

  /** What a careless migration might do, and the rule that notices. */
  private record Slip(Rule rule, String sql) {}

  @Test
  void everythingThatTheMigrationsMadeKeepsTheRules() throws SQLException {
    var violations = new ArrayList<String>();
    for (Rule rule : Rule.all()) {
      violations.addAll(rule.violations(superuser));
    }
    superuser.rollback();
    assertThat(violations).isEmpty();
  }

  @Test
  void everyRuleIsBrokenByAtLeastOneSlip() {
    Set<String> broken = slips().map(slip -> slip.rule().name()).collect(Collectors.toSet());
    assertThat(broken).containsAll(Rule.all().stream().map(Rule::name).toList());
  }

  @TestFactory
  Stream<DynamicTest> theRulesNotice() {
    return slips()
        .map(
            slip ->
                DynamicTest.dynamicTest(
                    slip.sql(), () -> assertThat(violationsBy(slip)).isNotEmpty()));
  }

  /** Made and undone in one transaction. */
  private static List<String> violationsBy(Slip slip) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(slip.sql());
      return slip.rule().violations(superuser);
    } finally {
      superuser.rollback();
    }
  }

  private static Stream<Slip> slips() {
    return Stream.of(tables(), keys(), code(), policies(), privileges(), roles()).flatMap(s -> s);
  }

  private static Stream<Slip> tables() {
    return Stream.of(
        new Slip(TableRule.ONLY_FEW_TABLES_HAVE_NO_TENANT, "create table read.all_of_them (n int)"),
        new Slip(
            TableRule.ROW_SECURITY_IS_ENABLED_AND_FORCED,
            "create table read.open (tenant_id uuid primary key)"),
        new Slip(
            TableRule.ROW_SECURITY_IS_ENABLED_AND_FORCED,
            "alter table read.risk no force row level security"),
        new Slip(
            TableRule.ROW_SECURITY_IS_ENABLED_AND_FORCED,
            "alter table ops.secret disable row level security"),
        new Slip(
            TableRule.ROW_SECURITY_IS_ENABLED_AND_FORCED,
            """
            create table read.parted (tenant_id uuid primary key) partition by hash (tenant_id);
            call ops.publish('read.parted');
            create table read.part partition of read.parted for values with (modulus 1, remainder 0)
            """),
        new Slip(
            TableRule.A_TENANT_IS_A_UUID_AND_NEVER_NULL,
            "create table read.texts (tenant_id text primary key)"),
        new Slip(
            TableRule.A_TENANT_IS_A_UUID_AND_NEVER_NULL,
            "create table read.maybe (tenant_id uuid)"),
        new Slip(
            TableRule.NOTHING_IS_MATERIALISED_OR_FOREIGN,
            "create materialized view read.counts as select count(*) from ledger.event"),
        new Slip(
            TableRule.NO_TABLE_HAS_A_RULE,
            "create rule r as on insert to read.risk do also select 1"));
  }

  private static Stream<Slip> keys() {
    return Stream.of(
        new Slip(
            TableRule.EVERY_TENANT_TABLE_HAS_A_PRIMARY_KEY,
            "alter table read.risk drop constraint risk_pkey"),
        new Slip(TableRule.A_KEY_BEGINS_WITH_THE_TENANT, "alter table read.risk add unique (id)"),
        new Slip(
            TableRule.A_KEY_BEGINS_WITH_THE_TENANT,
            "alter table read.risk add unique (id, tenant_id)"),
        new Slip(
            TableRule.A_KEY_BEGINS_WITH_THE_TENANT,
            "create unique index on read.risk ((doc ->> 'title'))"),
        new Slip(
            TableRule.A_KEY_BEGINS_WITH_THE_TENANT,
            "alter table read.risk add exclude using btree (id with =)"),
        new Slip(
            TableRule.A_FOREIGN_KEY_STAYS_WITHIN_THE_TENANT,
            """
            alter table read.risk add unique (id);
            create table read.note (
              tenant_id uuid, note uuid, risk uuid references read.risk (id), primary key (tenant_id, note))
            """),
        new Slip(
            TableRule.A_FOREIGN_KEY_STAYS_WITHIN_THE_TENANT,
            """
            create table read.note (
              tenant_id uuid, note uuid, other uuid, risk uuid, primary key (tenant_id, note),
              foreign key (other, risk) references read.risk (tenant_id, id))
            """));
  }

  private static Stream<Slip> code() {
    return Stream.of(
        new Slip(
            TableRule.A_VIEW_ASKS_AS_ITS_INVOKER,
            "create view read.risks as select * from read.risk"),
        new Slip(
            TableRule.A_VIEW_ASKS_AS_ITS_INVOKER,
            "create view read.risks with (security_invoker = false) as select * from read.risk"),
        new Slip(
            TableRule.NO_FUNCTION_RUNS_AS_ITS_DEFINER,
            "create function read.n() returns bigint language sql security definer return 1"),
        new Slip(
            TableRule.NOTHING_OF_OURS_IS_LEAKPROOF,
            "create function read.n() returns bigint language sql leakproof return 1"),
        new Slip(
            TableRule.A_FUNCTION_WITH_A_TEXTUAL_BODY_FIXES_ITS_SEARCH_PATH,
            "create function read.n() returns bigint language sql as 'select 1::bigint'"),
        new Slip(
            TableRule.THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION,
            "drop trigger append_only on ledger.event"),
        new Slip(
            TableRule.THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION,
            "alter table ledger.event disable trigger append_only"),
        new Slip(
            TableRule.THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION,
            "alter table ledger.event enable trigger append_only"),
        new Slip(
            TableRule.THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION,
            "drop trigger append_only on ledger.log_checkpoint"),
        new Slip(
            TableRule.THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION,
            """
            create or replace trigger append_only before update or delete on ledger.event
              for each statement execute function ledger.refuse_change()
            """));
  }

  private static Stream<Slip> policies() {
    return Stream.of(
        new Slip(PolicyRule.EVERY_REQUEST_ROLE_STANDS_ON_A_FLOOR, "drop policy floor on read.risk"),
        new Slip(
            PolicyRule.EVERY_REQUEST_ROLE_STANDS_ON_A_FLOOR,
            "grant select on read.risk to varve_platform"),
        new Slip(
            PolicyRule.EVERY_REQUEST_ROLE_STANDS_ON_A_FLOOR,
            "grant select (id) on read.risk to varve_carrier"),
        new Slip(
            PolicyRule.EVERY_REQUEST_ROLE_STANDS_ON_A_FLOOR,
            "alter policy floor on ledger.event to varve_command"),
        new Slip(
            PolicyRule.A_POLICY_HAS_A_KNOWN_FORM,
            "create policy careless on read.risk to varve_query using (true)"),
        new Slip(
            PolicyRule.A_POLICY_HAS_A_KNOWN_FORM,
            """
            alter policy floor on read.risk using (tenant_id::text = (select current_setting('varve.tenant_id', true)))
            """),
        new Slip(
            PolicyRule.A_POLICY_HAS_A_KNOWN_FORM,
            """
            alter policy floor on read.risk using (tenant_id = nullif(current_setting('varve.tenant_id', true), '')::uuid)
            """),
        new Slip(
            PolicyRule.A_POLICY_HAS_A_KNOWN_FORM,
            "alter policy tenant on ops.secret with check (true)"),
        new Slip(
            PolicyRule.A_POLICY_NAMES_ITS_ROLES,
            "create policy careless on read.risk for select using (true)"),
        new Slip(
            PolicyRule.THE_PROJECTOR_WRITES_ONLY_FOR_THE_TENANTS_THAT_IT_NAMES,
            "alter policy projector_writes on read.risk using (true)"));
  }

  private static Stream<Slip> privileges() {
    return Stream.of(
            Stream.of("truncate", "references", "trigger", "maintain")
                .map(privilege -> "grant " + privilege + " on read.risk to varve_query")
                .map(sql -> new Slip(PrivilegeRule.NOBODY_MAY_MORE_THAN_READ_AND_WRITE_ROWS, sql)),
            Stream.of(
                    "grant select on read.risk to varve_query with grant option",
                    "grant references (id) on read.risk to varve_query")
                .map(sql -> new Slip(PrivilegeRule.NOBODY_MAY_MORE_THAN_READ_AND_WRITE_ROWS, sql)),
            Stream.of(
                    "grant insert on ledger.event to varve_ledger",
                    "grant update (payload) on ledger.event to varve_ledger",
                    "grant delete on ledger.event to varve_projector",
                    "grant insert (payload) on ledger.event to varve_command")
                .map(
                    sql ->
                        new Slip(
                            PrivilegeRule.EVENTS_ARE_INSERTED_BY_COLUMN_AND_NEVER_CHANGED, sql)),
            Stream.of(
                    "grant insert on ledger.checkpoint to varve_projector",
                    "grant update (note) on ledger.checkpoint to varve_projector",
                    "grant delete on ledger.log_checkpoint to varve_projector",
                    "grant update (index) on ledger.tile to varve_projector",
                    "grant update (hashes) on ledger.log_tile to varve_query",
                    "grant insert (key) on ledger.seal_key to varve_query")
                .map(
                    sql ->
                        new Slip(
                            PrivilegeRule.SEALS_ARE_INSERTED_BY_COLUMN_AND_NEVER_CHANGED, sql)),
            Stream.of(
                    "grant select on ledger.event to public",
                    "grant select (id) on read.risk to public",
                    "grant execute on procedure ops.protect to public",
                    "grant usage on schema ledger to public",
                    "grant usage on schema public to public",
                    "grant usage on language plpgsql to public")
                .map(sql -> new Slip(PrivilegeRule.THE_PUBLIC_HAS_NOTHING, sql)),
            Stream.of(
                    "grant create on schema read to varve_query",
                    "grant usage on language plpgsql to varve_query",
                    "do $$ begin execute format('grant temporary on database %I to varve_query', current_database()); end $$")
                .map(sql -> new Slip(PrivilegeRule.NOBODY_CREATES_ANYTHING, sql)),
            Stream.of(
                    "grant execute on function pg_terminate_backend to varve_query",
                    "grant execute on function pg_advisory_lock(bigint) to public",
                    "grant execute on function set_config to varve_query",
                    "grant execute on function pg_stat_get_live_tuples to public",
                    "grant execute on function lo_from_bytea to public")
                .map(sql -> new Slip(PrivilegeRule.FUNCTIONS_AGAINST_OTHERS_ARE_TAKEN_AWAY, sql)),
            Stream.of(
                new Slip(
                    PrivilegeRule.THE_WRITER_READS_NO_EVENTS,
                    "grant select on ledger.event to varve_ledger"),
                new Slip(
                    PrivilegeRule.ONLY_THE_VAULT_HAS_KEYS,
                    "grant select (wrapped) on ops.tenant_key to varve_projector"),
                new Slip(
                    PrivilegeRule.ONLY_THE_VAULT_HAS_KEYS,
                    "grant select on ops.secret to varve_query"),
                new Slip(
                    PrivilegeRule.NO_REQUEST_LOCKS_A_WHOLE_TABLE,
                    "grant update on ops.snapshot to varve_command"),
                new Slip(
                    PrivilegeRule.SEQUENCES_ARE_NOT_SHOWN,
                    "create sequence read.s; grant usage on sequence read.s to varve_query"),
                new Slip(PrivilegeRule.THERE_ARE_NO_LARGE_OBJECTS, "select lo_create(0)"),
                new Slip(
                    PrivilegeRule.WHAT_IS_MADE_LATER_IS_NOBODYS,
                    "alter default privileges in schema read grant select on tables to varve_query"),
                new Slip(
                    PrivilegeRule.WHAT_IS_MADE_LATER_IS_NOBODYS,
                    "alter default privileges for role varve_owner grant execute on functions to public"),
                new Slip(
                    PrivilegeRule.THE_LOGIN_CONNECTS_AND_TAKES_SCOPES,
                    "grant select on read.risk to varve_login"),
                new Slip(
                    PrivilegeRule.THE_LOGIN_CONNECTS_AND_TAKES_SCOPES,
                    "grant usage on schema read to varve_login"),
                new Slip(
                    PrivilegeRule.ONLY_THE_LOGIN_CONNECTS,
                    "do $$ begin execute format('grant connect on database %I to varve_query', current_database()); end $$"),
                new Slip(
                    PrivilegeRule.THE_SERVERS_OWN_CATALOG_IS_AS_INSTALLED,
                    "grant select on pg_statistic to varve_query"),
                new Slip(
                    PrivilegeRule.THE_SERVERS_OWN_CATALOG_IS_AS_INSTALLED,
                    "grant select on pg_authid to public")))
        .flatMap(s -> s);
  }

  private static Stream<Slip> roles() {
    return Stream.of(
        new Slip(RoleRule.NO_ROLE_IS_POWERFUL, "alter role varve_query bypassrls"),
        new Slip(RoleRule.NO_ROLE_IS_POWERFUL, "alter role varve_projector superuser"),
        new Slip(RoleRule.NO_ROLE_IS_POWERFUL, "alter role varve_login createrole"),
        new Slip(RoleRule.NO_ROLE_IS_POWERFUL, "alter role varve_owner bypassrls"),
        new Slip(
            RoleRule.ONLY_THE_LOGIN_LOGS_IN_AND_IT_INHERITS_NOTHING,
            "alter role varve_query login"),
        new Slip(
            RoleRule.ONLY_THE_LOGIN_LOGS_IN_AND_IT_INHERITS_NOTHING,
            "alter role varve_login inherit"),
        new Slip(
            RoleRule.MEMBERSHIP_IS_ONLY_TO_BECOME,
            "grant varve_query to varve_login with inherit true"),
        new Slip(RoleRule.MEMBERSHIP_IS_ONLY_TO_BECOME, "grant varve_projector to varve_query"),
        new Slip(RoleRule.MEMBERSHIP_IS_ONLY_TO_BECOME, "grant pg_monitor to varve_login"),
        new Slip(RoleRule.MEMBERSHIP_IS_ONLY_TO_BECOME, "grant pg_read_all_data to varve_query"),
        new Slip(
            RoleRule.NO_ROLE_OF_THE_APPLICATION_OWNS_ANYTHING,
            "alter table read.risk owner to varve_projector"),
        new Slip(
            RoleRule.NO_ROLE_BRINGS_SETTINGS_OR_MAY_SET_THE_SERVERS,
            "alter role varve_login set role = 'varve_projector'"),
        new Slip(
            RoleRule.NO_ROLE_BRINGS_SETTINGS_OR_MAY_SET_THE_SERVERS,
            "grant set on parameter session_replication_role to varve_ledger"),
        new Slip(
            RoleRule.THERE_ARE_NO_EXTENSIONS_SERVERS_OR_PUBLICATIONS,
            "create publication everything for all tables"));
  }
}
