package io.varve.postgres.isolation;

import static io.varve.postgres.testing.Intruder.DENIED;
import static io.varve.postgres.testing.Intruder.DONE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.isolation.TenantTables.Table;
import io.varve.postgres.testing.Intruder;
import io.varve.postgres.testing.Intruder.Outcome;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every table with a tenant × every role that the login can become × select, insert, update, delete
 * × the right, a wrong, an empty, a malformed and no tenant. What must come of it follows from the
 * privileges and from three kinds of role.
 */
class TenantMatrixTest {

  private static final UUID OURS = UUID.fromString("0197a000-0000-7000-8000-000000000001");
  private static final UUID THEIRS = UUID.fromString("0197a000-0000-7000-8000-000000000002");
  private static final String MALFORMED = "0197a000' or true --";
  private static final String INVALID_TEXT = "22P02";
  private static final String STILL_REFERRED_TO = "23503";

  private static final TestDatabase database = TestDatabase.migrated();
  private static TenantTables tables;
  private static Intruder intruder;
  private static Intruder unscoped;
  private static Intruder superuser;
  private static final Map<String, Map<UUID, Integer>> stored = new HashMap<>();

  /** Whose rows a role may reach. */
  private enum Reach {
    ITS_TENANT,
    /** The projector: reads all, writes for the tenants that it names. */
    ALL_TO_READ,
    /** The ledger's writer: no request, no tenant. */
    ALL;

    static Reach of(String role) {
      return switch (role) {
        case "varve_ledger" -> ALL;
        case "varve_projector" -> ALL_TO_READ;
        default -> ITS_TENANT;
      };
    }

    boolean everything(Operation operation) {
      return this == ALL || (this == ALL_TO_READ && operation == Operation.SELECT);
    }
  }

  private enum Operation {
    SELECT,
    INSERT,
    UPDATE,
    DELETE
  }

  /** A transaction's tenant; null where it was never set. */
  private enum Setting {
    RIGHT,
    WRONG,
    EMPTY,
    MALFORMED,
    NONE;

    String text(UUID right, UUID wrong) {
      return switch (this) {
        case RIGHT -> right.toString();
        case WRONG -> wrong.toString();
        case MALFORMED -> TenantMatrixTest.MALFORMED;
        case EMPTY, NONE -> "";
      };
    }
  }

  @BeforeAll
  static void fill() throws SQLException {
    tables = TenantTables.prepare(database);
    try (Connection superuser = Sql.connect(database.superuser())) {
      tables.fill(superuser, OURS);
      tables.fill(superuser, THEIRS);
      for (Table table : tables.byName().values()) {
        tables.fillParents(superuser, table, newcomer(table));
      }
      for (Table table : tables.byName().values()) {
        stored.put(table.name(), rowsByTenant(superuser, table));
      }
    }
    intruder = new Intruder(database.login());
    unscoped = new Intruder(database.login());
    superuser = new Intruder(database.superuser());
  }

  @AfterAll
  static void close() throws SQLException {
    intruder.close();
    unscoped.close();
    superuser.close();
    database.close();
  }

  @Test
  void theMatrixCoversTheLedgerTheReadModelsAndTheOperationalTables() {
    assertThat(tables.byName())
        .containsKeys("ledger.event", "ledger.claim", "read.risk", "ops.secret", "ops.snapshot");
    assertThat(stored.values())
        .allMatch(rows -> rows.containsKey(OURS) && rows.containsKey(THEIRS));
  }

  @TestFactory
  Stream<DynamicContainer> aRowOfAnotherTenantIsNeverSeenChangedOrMade() throws SQLException {
    List<String> roles = roles();
    return tables.byName().values().stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(),
                    roles.stream()
                        .flatMap(
                            role ->
                                Stream.of(Operation.values())
                                    .map(operation -> test(table, role, operation)))));
  }

  private static DynamicTest test(Table table, String role, Operation operation) {
    return DynamicTest.dynamicTest(
        role + " " + operation,
        () -> {
          boolean may = may(role, operation, table);
          for (Setting setting : Setting.values()) {
            switch (operation) {
              case SELECT -> select(table, role, setting, may);
              case INSERT -> insert(table, role, setting, may);
              case UPDATE -> update(table, role, setting, may);
              case DELETE -> delete(table, role, setting, may);
            }
          }
        });
  }

  private static void select(Table table, String role, Setting setting, boolean may)
      throws SQLException {
    Outcome outcome = as(role, setting, OURS).attempt("select tenant_id from " + table.name());
    if (refused(outcome, setting, role, Operation.SELECT, may)) {
      return;
    }
    assertThat(outcome.rows())
        .as("%s sees of %s with %s", role, table.name(), setting)
        .containsExactlyInAnyOrderElementsOf(
            stored(table).entrySet().stream()
                .filter(row -> reachable(role, Operation.SELECT, setting).test(row.getKey()))
                .flatMap(row -> Stream.generate(row.getKey()::toString).limit(row.getValue()))
                .toList());
  }

  /** A first row of a tenant that has none in this table, though all that it points to. */
  private static void insert(Table table, String role, Setting setting, boolean may)
      throws SQLException {
    UUID newcomer = newcomer(table);
    Intruder session = as(role, setting, newcomer);
    String state = DONE;
    try (PreparedStatement statement =
        session.connection().prepareStatement(TenantTables.insert(table))) {
      TenantTables.bind(statement, 1, table, newcomer);
      statement.execute();
    } catch (SQLException refusal) {
      state = refusal.getSQLState();
    }
    session.undo();
    boolean confined = !Reach.of(role).everything(Operation.INSERT);
    if (may && setting == Setting.MALFORMED && confined) {
      assertThat(state).isEqualTo(INVALID_TEXT);
    } else {
      boolean allowed = may && (!confined || setting == Setting.RIGHT);
      assertThat(state)
          .as("%s inserts into %s with %s", role, table.name(), setting)
          .isEqualTo(allowed ? DONE : DENIED);
    }
  }

  private static void update(Table table, String role, Setting setting, boolean may)
      throws SQLException {
    Intruder session = as(role, setting, OURS);
    String column = may ? columnToUpdate(role, table) : "tenant_id";
    Outcome outcome =
        session.attempt("update %s set %s = %s".formatted(table.name(), column, column));
    if (!refused(outcome, setting, role, Operation.UPDATE, may)) {
      assertThat(outcome.touched())
          .as("%s updates of %s with %s", role, table.name(), setting)
          .isEqualTo(reachableRows(table, role, Operation.UPDATE, setting));
    }
    Outcome moved =
        session.attempt("update %s set tenant_id = '%s'".formatted(table.name(), newcomer(table)));
    assertThat(moved.touched()).as("%s moves a row of %s", role, table.name()).isZero();
  }

  private static void delete(Table table, String role, Setting setting, boolean may)
      throws SQLException {
    Outcome outcome = as(role, setting, OURS).attempt("delete from " + table.name());
    if (refused(outcome, setting, role, Operation.DELETE, may)
        || outcome.state().equals(STILL_REFERRED_TO)) {
      return;
    }
    assertThat(outcome.touched())
        .as("%s deletes of %s with %s", role, table.name(), setting)
        .isEqualTo(reachableRows(table, role, Operation.DELETE, setting));
  }

  /** Asserts what a refusal must be, and tells whether there must be one. */
  private static boolean refused(
      Outcome outcome, Setting setting, String role, Operation operation, boolean may) {
    if (!may) {
      assertThat(outcome.state()).as("%s %s", role, operation).isEqualTo(DENIED);
      return true;
    }
    if (setting == Setting.MALFORMED && !Reach.of(role).everything(operation)) {
      assertThat(outcome.state()).isEqualTo(INVALID_TEXT);
      assertThat(outcome.text()).doesNotContain(OURS.toString()).doesNotContain(THEIRS.toString());
      return true;
    }
    if (!outcome.state().equals(STILL_REFERRED_TO)) {
      assertThat(outcome.state()).as(outcome.text()).isEqualTo(DONE);
    }
    return false;
  }

  private static int reachableRows(Table table, String role, Operation operation, Setting setting) {
    return stored(table).entrySet().stream()
        .filter(row -> reachable(role, operation, setting).test(row.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static Predicate<UUID> reachable(String role, Operation operation, Setting setting) {
    if (Reach.of(role).everything(operation)) {
      return tenant -> true;
    }
    Set<UUID> tenants =
        switch (setting) {
          case RIGHT -> Set.of(OURS);
          case WRONG -> Set.of(THEIRS);
          case EMPTY, MALFORMED, NONE -> Set.of();
        };
    return tenants::contains;
  }

  private static Intruder as(String role, Setting setting, UUID right) throws SQLException {
    return setting == Setting.NONE
        ? unscoped.as(role)
        : intruder.as(role, setting.text(right, THEIRS));
  }

  private static boolean may(String role, Operation operation, Table table) throws SQLException {
    String privilege =
        operation == Operation.DELETE
            ? "has_table_privilege('%s', '%s', 'delete')".formatted(role, table.name())
            : "has_any_column_privilege('%s', '%s', '%s')".formatted(role, table.name(), operation);
    String schema = table.name().substring(0, table.name().indexOf('.'));
    return isTrue(
        "select %s and has_schema_privilege('%s', '%s', 'usage')"
            .formatted(privilege, role, schema));
  }

  private static boolean isTrue(String sql) throws SQLException {
    return superuser.attempt(sql).rows().equals(List.of("t"));
  }

  private static String columnToUpdate(String role, Table table) throws SQLException {
    for (String column : table.columns().keySet()) {
      String may =
          "select has_column_privilege('%1$s', '%2$s', '%3$s', 'update') and has_column_privilege('%1$s', '%2$s', '%3$s', 'select')"
              .formatted(role, table.name(), column.replace("\"", ""));
      if (isTrue(may)) {
        return column;
      }
    }
    throw new AssertionError("no column of " + table.name() + " for " + role);
  }

  private static Map<UUID, Integer> stored(Table table) {
    return requireNonNull(stored.get(table.name()));
  }

  private static UUID newcomer(Table table) {
    return UUID.nameUUIDFromBytes(table.name().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> roles() throws SQLException {
    var roles = new ArrayList<String>();
    try (Connection superuser = Sql.connect(database.superuser());
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select roleid::regrole from pg_auth_members where member = 'varve_login'::regrole order by 1")) {
      while (row.next()) {
        roles.add(row.getString(1));
      }
    }
    assertThat(roles)
        .contains("varve_command", "varve_query", "varve_projector", "varve_vault", "varve_access");
    return roles;
  }

  private static Map<UUID, Integer> rowsByTenant(Connection superuser, Table table)
      throws SQLException {
    var rows = new HashMap<UUID, Integer>();
    try (Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select tenant_id, count(*) from " + table.name() + " group by 1")) {
      while (row.next()) {
        rows.put(row.getObject(1, UUID.class), row.getInt(2));
      }
    }
    return rows;
  }
}
