package io.varve.postgres.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The plans of the queries that matter, for the tenant that has half of 100,000 rows and for a
 * small one: an index and no more of it than is needed, and the policy's setting read once. A
 * prepared statement is planned both for its values and for any.
 */
class PlansTest {

  private static final String BIG = "00000000-0000-7000-8000-000000000000";
  private static final String SMALL = "00000000-0000-7000-8000-000000000007";

  private static final String LIST =
      """
      select id, sequence, doc from read.risk where tenant_id = ? and id > ? order by id limit ?
      """;

  @AutoClose static final TestDatabase database = TestDatabase.migrated();

  @BeforeAll
  static void fill() throws SQLException {
    Sql.run(
        database.superuser(),
        """
        create function pg_temp.tenant(n int) returns uuid language sql return
          ('00000000-0000-7000-8000-' || lpad(to_hex(case n % 2 when 0 then 0 else n / 2 % 1000 end), 12, '0'))::uuid;
        create function pg_temp.stream(n int) returns uuid language sql return
          ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid;
        insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                  actor_kind, actor_id, payload, provenance)
        select n, pg_temp.tenant(n), n, 'risk', pg_temp.stream(n / 8), n % 8, uuidv7(), 'risk.revised', 1, now(),
               'user', uuidv7(), '{}', '{}'
          from generate_series(1, 100000) n;
        insert into read.risk (tenant_id, id, sequence, number, position, created, at, doc)
        select pg_temp.tenant(n), pg_temp.stream(n), 0, n, n, now(), now(), '{}' from generate_series(1, 100000) n;
        analyze ledger.event, read.risk
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {BIG, SMALL})
  void aStreamIsReadFromItsOwnIndex(String tenant) throws SQLException {
    assertThat(
            plans(
                Scope.command(UUID.fromString(tenant)),
                LedgerReader.STREAM,
                "uuid, uuid, bigint, int",
                "'%s', '00000000-0000-7000-9000-000000000010', 0, 100".formatted(tenant)))
        .doesNotContain("Seq Scan")
        .doesNotContain("Sort")
        .contains("event_tenant_id_id_sequence_key")
        .contains("InitPlan")
        .doesNotContain("SubPlan");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50_000, 99_990})
  void theLedgerIsFollowedByPosition(int position) throws SQLException {
    assertThat(plans(Scope.projector(), LedgerReader.FOLLOWING, "bigint, int", position + ", 1000"))
        .doesNotContain("Seq Scan")
        .doesNotContain("Sort")
        .contains("event_position_key");
  }

  @ParameterizedTest
  @ValueSource(strings = {BIG, SMALL})
  void aListIsReadFromItsTenantsIndex(String tenant) throws SQLException {
    String plans =
        plans(
            Scope.query(UUID.fromString(tenant)),
            LIST,
            "uuid, uuid, int",
            "'%s', '00000000-0000-7000-9000-000000000010', 50".formatted(tenant));
    assertThat(plans)
        .doesNotContain("Seq Scan")
        .contains("risk_pkey")
        .contains("InitPlan")
        .doesNotContain("SubPlan");
    if (tenant.equals(BIG)) {
      assertThat(plans).as("half of the table is not sorted for a page").doesNotContain("Sort");
    }
  }

  private static String plans(Scope scope, String sql, String types, String values)
      throws SQLException {
    String numbered = sql;
    for (int i = 1; numbered.contains("?"); i++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + i);
    }
    var plans = new StringBuilder();
    for (String mode : new String[] {"force_custom_plan", "force_generic_plan"}) {
      try (Connection connection = Sql.connect(database.login());
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        Database.take(connection, scope);
        statement.execute("set local plan_cache_mode = " + mode);
        statement.execute("prepare q (%s) as %s".formatted(types, numbered));
        try (ResultSet line =
            statement.executeQuery("explain (costs off) execute q (%s)".formatted(values))) {
          while (line.next()) {
            plans.append(line.getString(1)).append('\n');
          }
        }
        connection.rollback();
      }
    }
    return plans.toString();
  }
}
