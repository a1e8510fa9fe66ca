package io.varve.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private static final UUID OURS = UUID.fromString("0197a000-0000-7000-8000-000000000001");
  private static final UUID THEIRS = UUID.fromString("0197a000-0000-7000-8000-000000000002");

  /** More than the driver waits for until it lets the server prepare a statement. */
  private static final int UNTIL_PREPARED = 12;

  private static final String WHO =
      """
      select current_user || ' ' || current_setting('varve.tenant_id', true)
      """;

  private static final String RISKS =
      """
      select tenant_id from read.risk
      """;

  @AutoClose static final TestDatabase server = TestDatabase.migrated();

  /** One connection, so that whatever follows meets what was left. */
  @AutoClose static Database database;

  @BeforeAll
  static void connect() throws SQLException {
    database = new Database(server.login(), 1);
    Sql.run(
        server.superuser(),
        """
        insert into read.risk (tenant_id, id, sequence, number, position, created, at, doc)
        select t, uuidv7(), 0, 1, 1, now(), now(), '{}'
          from unnest(array['0197a000-0000-7000-8000-000000000001', '0197a000-0000-7000-8000-000000000002']::uuid[]) t
        """);
  }

  @Test
  void theScopeOfAQueryEndsWithItAlsoWhenTheServerHasPreparedIt() throws SQLException {
    for (int i = 0; i < UNTIL_PREPARED; i++) {
      assertThat(texts(database, Scope.query(OURS), WHO)).containsExactly("varve_query " + OURS);
      assertNothingIsLeft();
    }
    assertThat(pooled("select count(*) > 0 from pg_prepared_statements where not from_sql"))
        .isEqualTo("t");
  }

  @Test
  void aPreparedQueryShowsEachScopeItsOwnRows() {
    for (int i = 0; i < UNTIL_PREPARED; i++) {
      assertThat(texts(database, Scope.query(OURS), RISKS)).containsExactly(OURS.toString());
      assertThat(texts(database, Scope.query(THEIRS), RISKS)).containsExactly(THEIRS.toString());
      assertThat(texts(database, Scope.query(UUID.randomUUID()), RISKS)).isEmpty();
      assertThat(texts(database, Scope.projector(), RISKS)).hasSize(2);
    }
  }

  @Test
  void theScopeOfAQueryThatFailsEndsWithIt() throws SQLException {
    for (int i = 0; i < UNTIL_PREPARED; i++) {
      assertThatThrownBy(() -> texts(database, Scope.query(OURS), "select 1 / 0"))
          .isInstanceOf(DatabaseException.class);
      assertNothingIsLeft();
      assertThatThrownBy(
              () -> texts(database, new Scope(DatabaseRole.QUERY, "nobody's", ""), RISKS))
          .isInstanceOf(DatabaseException.class);
      assertNothingIsLeft();
    }
  }

  @Test
  void aSecondStatementInAQueryCannotOutliveItsScope() throws SQLException {
    assertThatThrownBy(() -> texts(database, Scope.query(OURS), "select 1; commit; " + RISKS))
        .satisfies(DatabaseTest::refused);
    assertNothingIsLeft();
  }

  @Test
  void aTransactionLeavesItsConnectionAsItFoundIt() throws SQLException {
    database.transact(
        Scope.query(OURS),
        connection -> {
          execute(connection, "declare kept cursor with hold for select tenant_id from read.risk");
          execute(connection, "set statement_timeout = 0");
          execute(connection, "set search_path = read");
          execute(connection, "set varve.tenant_id = '" + THEIRS + "'");
          execute(connection, "listen somebody");
          execute(connection, "set role varve_projector");
          return "";
        });
    assertNothingIsLeft();
    assertThat(pooled("select count(*) from pg_cursors where name = 'kept'")).isEqualTo("0");
    assertThat(pooled("select count(*) from pg_listening_channels()")).isEqualTo("0");
    assertThat(pooled("show statement_timeout")).isEqualTo("30s");
    assertThat(pooled("show search_path")).isEqualTo("pg_catalog");
  }

  @Test
  void workThatEndsItsTransactionItselfHasNoScopeAnyMore() throws SQLException {
    assertThatThrownBy(
            () ->
                database.transact(
                    Scope.query(OURS),
                    connection -> {
                      connection.commit();
                      execute(connection, RISKS);
                      return "";
                    }))
        .satisfies(DatabaseTest::refused);
    assertNothingIsLeft();
  }

  @Test
  void aScopeIsTakenOnceAndCannotBeExchanged() {
    assertThatThrownBy(
            () ->
                database.transact(
                    Scope.query(OURS),
                    connection -> {
                      Database.take(connection, Scope.query(THEIRS));
                      return "";
                    }))
        .satisfies(DatabaseTest::refused);
  }

  @Test
  void aProcessorsTransactionNamesItsTenantsOnceItKnowsThemAndEndsClean() throws SQLException {
    for (int i = 0; i < UNTIL_PREPARED; i++) {
      Transaction transaction = database.begin(Scope.projector());
      assertThat(one(transaction.connection(), "select count(*) from read.risk")).isEqualTo("2");
      assertThat(touched(transaction, "update read.risk set number = 2")).isZero();
      transaction.take(Scope.projector(List.of(OURS)));
      assertThat(touched(transaction, "update read.risk set number = 2")).isEqualTo(1);
      if (i % 2 == 0) {
        transaction.commit();
      } else {
        transaction.rollback();
      }
      assertNothingIsLeft();
    }
  }

  @Test
  void aFailedTransactionCannotBeCommitted() throws SQLException {
    Transaction transaction = database.begin(Scope.projector());
    assertThatThrownBy(() -> one(transaction.connection(), "select 1 / 0"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(transaction::commit).isInstanceOf(DatabaseException.class);
    assertNothingIsLeft();
  }

  @Test
  void aTransactionAtLengthHasTimeAndStoresAllOrNothing() throws SQLException {
    assertThat(
            database.<String>transactAtLength(
                Scope.projector(),
                connection ->
                    one(
                        connection,
                        "select current_setting('transaction_timeout') || ' ' || current_setting('statement_timeout')")))
        .isEqualTo("0 0");
    assertThatThrownBy(
            () ->
                database.transactAtLength(
                    Scope.projector(List.of(OURS)),
                    connection -> {
                      execute(connection, "delete from read.risk");
                      throw new IllegalStateException("changed my mind");
                    }))
        .hasMessage("changed my mind");
    assertThat(texts(database, Scope.query(OURS), RISKS)).hasSize(1);
  }

  @Test
  void aTransactionThatThrowsOrHidesAFailureStoresNothing() throws SQLException {
    assertThatThrownBy(
            () ->
                database.transact(
                    Scope.projector(List.of(OURS)),
                    connection -> {
                      execute(connection, "delete from read.risk");
                      throw new IllegalStateException("changed my mind");
                    }))
        .hasMessage("changed my mind");
    assertThatThrownBy(
            () ->
                database.transact(
                    Scope.projector(List.of(OURS)),
                    connection -> {
                      execute(connection, "delete from read.risk");
                      try {
                        execute(connection, "select 1 / 0");
                      } catch (SQLException hidden) {
                        return "as if nothing had happened";
                      }
                      return "";
                    }))
        .isInstanceOf(DatabaseException.class);
    assertThat(texts(database, Scope.query(OURS), RISKS)).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void aScopeOutsideATransactionIsRefused() throws SQLException {
    try (Connection connection = database.dedicated()) {
      assertThatThrownBy(() -> Database.take(connection, Scope.query(OURS)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aDedicatedConnectionMayDoNothingOutsideOfAScopedTransaction() throws SQLException {
    try (Connection connection = database.dedicated()) {
      execute(connection, "listen varve_ledger");
      assertThatThrownBy(() -> execute(connection, RISKS)).satisfies(DatabaseTest::denied);
      connection.setAutoCommit(false);
      Database.take(connection, Scope.query(OURS));
      execute(connection, RISKS);
      connection.commit();
      assertThatThrownBy(() -> execute(connection, RISKS)).satisfies(DatabaseTest::denied);
    }
  }

  @Test
  void everyConnectionHasItsTimeouts() throws SQLException {
    try (Connection dedicated = database.dedicated();
        Connection pooled = database.pooled()) {
      for (Connection connection : List.of(dedicated, pooled)) {
        assertThat(one(connection, "show statement_timeout")).isEqualTo("30s");
        assertThat(one(connection, "show lock_timeout")).isEqualTo("10s");
        assertThat(one(connection, "show transaction_timeout")).isEqualTo("2min");
        assertThat(one(connection, "show idle_in_transaction_session_timeout")).isEqualTo("1min");
      }
    }
  }

  @Test
  void noScopeReachesAnotherThread() throws Exception {
    try (var small = new Database(server.login(), 2);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      UUID absent = UUID.randomUUID();
      var inherited = new ConcurrentLinkedQueue<String>();
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        UUID tenant = i % 3 == 0 ? THEIRS : OURS;
        work.add(
            switch (i % 4) {
              case 0 -> () -> expect(texts(small, Scope.query(tenant), RISKS), tenant);
              case 1 -> () -> expect(texts(small, Scope.projector(), RISKS), OURS, THEIRS);
              case 2 ->
                  () -> {
                    assertThatThrownBy(() -> texts(small, Scope.command(tenant), RISKS))
                        .satisfies(DatabaseTest::refused);
                    return "";
                  };
              default ->
                  () ->
                      small.transact(
                          Scope.query(tenant),
                          connection -> {
                            Thread child =
                                Thread.startVirtualThread(
                                    () ->
                                        inherited.addAll(
                                            texts(database, Scope.query(absent), RISKS)));
                            assertThat(one(connection, RISKS)).isEqualTo(tenant.toString());
                            join(child);
                            return "";
                          });
            });
      }
      for (Future<String> done : threads.invokeAll(work)) {
        done.get();
      }
      assertThat(inherited).isEmpty();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static String expect(List<String> rows, UUID... tenants) {
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            List.of(tenants).stream().map(UUID::toString).toList());
    return "";
  }

  private static void assertNothingIsLeft() throws SQLException {
    try (Connection connection = database.pooled()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(one(connection, "select current_user")).isEqualTo("varve_login");
      assertThat(one(connection, "select coalesce(current_setting('varve.tenant_id', true), '')"))
          .isEmpty();
      assertThat(one(connection, "select coalesce(current_setting('varve.tenant_ids', true), '')"))
          .isEmpty();
      assertThatThrownBy(() -> one(connection, RISKS)).satisfies(DatabaseTest::denied);
    }
  }

  private static void refused(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.isInsufficientPrivilege()).isTrue());
  }

  private static void denied(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static List<String> texts(Database database, Scope scope, String sql) {
    return database.query(scope, sql, (statement, first) -> {}, row -> row.getString(1));
  }

  private static String pooled(String sql) throws SQLException {
    try (Connection connection = database.pooled()) {
      return one(connection, sql);
    }
  }

  private static int touched(Transaction transaction, String sql) throws SQLException {
    try (Statement statement = transaction.connection().createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  @Test
  void anErrorSaysNothingOfTheRowsThatItIsAbout() {
    String claimTwice =
        """
        insert into ledger.claim (tenant_id, kind, value, holder_id, holder_tenant)
        select cast(? as uuid), 'secret kind', 'secret value', uuidv7(), uuidv7() from generate_series(1, 2)
        returning true
        """;
    assertThatThrownBy(
            () ->
                database.query(
                    Scope.ledger(),
                    claimTwice,
                    (statement, first) -> statement.setObject(first, OURS),
                    row -> row.getBoolean(1)))
        .isInstanceOfSatisfying(
            DatabaseException.class, refusal -> assertThat(refusal.isUniqueViolation()).isTrue())
        .hasMessageNotContainingAny("secret", OURS.toString())
        .rootCause()
        .hasMessageNotContainingAny("secret", OURS.toString());
  }

  /**
   * A parameter without a type makes the driver synchronise in the middle, once it has prepared.
   */
  @Test
  void aPipelineTakesEffectWholeOrNotAtAllHoweverTheDriverSendsIt() throws SQLException {
    for (int run = 0; run < UNTIL_PREPARED; run++) {
      String value = "value " + run;
      assertThatThrownBy(
              () ->
                  database.pipeline(
                      Scope.ledger(), List.of(claim(value), untyped(), fail()), row -> true))
          .isInstanceOf(DatabaseException.class);
    }
    assertThat(
            Sql.one(
                server.superuser(), "select count(*) from ledger.claim where kind = 'pipelined'"))
        .isEqualTo("0");
  }

  private static Database.Step claim(String value) {
    return new Database.Step(
        """
        insert into ledger.claim (tenant_id, kind, value, holder_id, holder_tenant)
        values (?, 'pipelined', ?, uuidv7(), uuidv7())
        """,
        (statement, first) -> {
          statement.setObject(first, OURS);
          statement.setString(first + 1, value);
          return first + 2;
        });
  }

  private static Database.Step untyped() {
    return new Database.Step(
        """
        select kind from ledger.claim where kind = ?
        """,
        (statement, first) -> {
          statement.setNull(first, Types.NULL);
          return first + 1;
        });
  }

  private static Database.Step fail() {
    return new Database.Step(
        """
        delete from ledger.claim where 1 / length(?) = 1
        """,
        (statement, first) -> {
          statement.setString(first, "");
          return first + 1;
        });
  }
}
