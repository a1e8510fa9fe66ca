package io.varve.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The only way to a connection. Every transaction takes a {@link Scope} first; outside one the
 * login has no privilege at all, and the scope ends with the transaction.
 */
public final class Database implements AutoCloseable {

  /** The role and the tenant of a transaction, for as long as it lasts, in one round trip. */
  private static final String TAKE_SCOPE =
      """
      select set_config('role', ?, true), set_config('varve.tenant_id', ?, true), set_config('varve.tenant_ids', ?, true)
      """;

  /**
   * For statements whose parameters are whole columns: no value makes another plan better, and
   * planning them anew costs more than running them.
   */
  private static final String TAKE_SCOPE_FOR_PIPELINE =
      """
      select set_config('role', ?, true), set_config('varve.tenant_id', ?, true), set_config('varve.tenant_ids', ?, true),
             set_config('plan_cache_mode', 'force_generic_plan', true)
      """;

  /** Another scope, taken as the login: no role that a scope has given may take one itself. */
  private static final String EXCHANGE_SCOPE = "set local role none;" + TAKE_SCOPE;

  /**
   * The end of a transaction, and of all that a session could keep beyond it. One round trip, the
   * same as for the commit alone.
   */
  private static final String COMMIT_CLEAN =
      """
      commit; reset role; reset all; close all; unlisten *
      """;

  private static final String CLEAN =
      """
      reset role; reset all; close all; unlisten *
      """;

  private static final String NO_LIMITS =
      """
      set transaction_timeout = 0; set statement_timeout = 0
      """;

  private final ConnectionSettings login;
  private final HikariDataSource pool;
  private final ConcurrentMap<String, String> scopedSql = new ConcurrentHashMap<>();

  /**
   * Work in a transaction. The connection is the work's until it returns, and not a moment longer.
   */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Binds a statement's parameters, counting from {@code first}. */
  @FunctionalInterface
  public interface Binder {
    void bind(PreparedStatement statement, int first) throws SQLException;
  }

  /** Binds a step's parameters, counting from {@code first}, and answers the number of the next. */
  @FunctionalInterface
  public interface StepBinder {
    int bind(PreparedStatement statement, int first) throws SQLException;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * @param login the role {@code varve_login}
   * @param size the most connections that are open at once
   */
  public Database(ConnectionSettings login, int size) {
    this.login = login;
    var config = new HikariConfig();
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 4));
    config.setPoolName("varve");
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
    config.setDataSourceProperties(session());
    this.pool = new HikariDataSource(config);
  }

  /**
   * Runs work in one transaction under a scope: committed when it returns, rolled back when it
   * throws.
   *
   * @throws DatabaseException if the database refuses
   */
  public <T> T transact(Scope scope, Work<T> work) {
    try (Connection connection = pooled()) {
      connection.setAutoCommit(false);
      try {
        take(connection, scope);
        T result = work.run(connection);
        commit(connection);
        return result;
      } catch (Throwable failure) {
        rollback(connection, failure);
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /**
   * The same on a connection of its own that may take as long as it needs: for what is large and
   * must appear at once. It still does not wait for a lock for longer than any other.
   *
   * @throws DatabaseException if the database refuses
   */
  public <T> T transactAtLength(Scope scope, Work<T> work) {
    try (Connection connection = dedicated()) {
      execute(connection, NO_LIMITS);
      connection.setAutoCommit(false);
      try {
        take(connection, scope);
        T result = work.run(connection);
        commit(connection);
        return result;
      } catch (Throwable failure) {
        rollback(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /** One statement of a pipeline. */
  public record Step(String sql, StepBinder binder) {}

  /**
   * Runs one query in a transaction of its own. The scope and the query travel together and end
   * together, so that row-level security costs no round trip: statements sent before one
   * synchronisation are one transaction to PostgreSQL.
   *
   * @throws DatabaseException if the database refuses
   */
  public <T> List<T> query(Scope scope, String sql, Binder binder, Row<T> row) {
    try (Connection connection = pooled()) {
      return run(connection, scope, scoped(TAKE_SCOPE, sql), binder, row)
          .orElseThrow(() -> new IllegalArgumentException("not a query: " + sql));
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /**
   * Runs several statements in a transaction of their own, its begin and commit included, in one
   * round trip: all of them take effect, or none. That they do does not rest on the driver sending
   * them without a synchronisation between: the transaction ends with the last of them.
   *
   * @return the rows of the first that is a query; none if none is
   * @throws DatabaseException if the database refuses
   */
  public <T> List<T> pipeline(Scope scope, List<Step> steps, Row<T> row) {
    Binder binder =
        (statement, first) -> {
          int next = first;
          for (Step step : steps) {
            next = step.binder().bind(statement, next);
          }
        };
    String sql = steps.stream().map(Step::sql).collect(Collectors.joining(";", "", ";commit"));
    try (Connection connection = pooled()) {
      connection.setAutoCommit(false);
      try {
        return run(connection, scope, scoped(TAKE_SCOPE_FOR_PIPELINE, sql), binder, row)
            .orElse(List.of());
      } catch (Throwable failure) {
        rollback(connection, failure);
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /**
   * Begins a transaction under a scope that the caller must end.
   *
   * @throws DatabaseException if the database refuses
   */
  public Transaction begin(Scope scope) {
    try {
      Connection connection = pooled();
      try {
        connection.setAutoCommit(false);
        take(connection, scope);
        return new Transaction(connection);
      } catch (Throwable failure) {
        rollback(connection, failure);
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /** The only row of a query, if there is one. */
  public <T> Optional<T> queryOne(Scope scope, String sql, Binder binder, Row<T> row) {
    List<T> rows = query(scope, sql, binder, row);
    if (rows.size() > 1) {
      throw new IllegalStateException("more than one row");
    }
    return rows.stream().findFirst();
  }

  @Override
  public void close() {
    pool.close();
  }

  /**
   * A connection outside the pool, the caller's to keep and to close, for listening. It may do
   * nothing until a transaction on it takes a scope.
   */
  public Connection dedicated() {
    Properties properties = session();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    try {
      return DriverManager.getConnection(login.url(), properties);
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /**
   * Gives the transaction that has begun on a connection its role and tenant.
   *
   * @throws IllegalStateException without a transaction, for then the scope would end at once
   */
  public static void take(Connection connection, Scope scope) throws SQLException {
    take(connection, scope, TAKE_SCOPE);
  }

  static void exchange(Connection connection, Scope scope) throws SQLException {
    take(connection, scope, EXCHANGE_SCOPE);
  }

  private static void take(Connection connection, Scope scope, String sql) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("a scope is taken inside a transaction");
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindScope(statement, scope);
      statement.execute();
    }
  }

  /** As it is between two transactions: without a role and a tenant. */
  Connection pooled() throws SQLException {
    return pool.getConnection();
  }

  private static Properties session() {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "varve");
    properties.setProperty("tcpKeepAlive", "true");
    // The detail of an error holds values of rows; messages end up in logs.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("preparedStatementCacheQueries", "512");
    properties.setProperty(
        "options",
        "-c statement_timeout=30s -c lock_timeout=10s -c transaction_timeout=120s"
            + " -c idle_in_transaction_session_timeout=60s -c search_path=pg_catalog");
    return properties;
  }

  private static <T> Optional<List<T>> run(
      Connection connection, Scope scope, String sql, Binder binder, Row<T> row)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(statement, 1 + bindScope(statement, scope));
      statement.execute();
      while (!statement.getMoreResults()) {
        if (statement.getUpdateCount() < 0) {
          return Optional.empty();
        }
      }
      try (ResultSet rows = statement.getResultSet()) {
        var result = new ArrayList<T>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return Optional.of(result);
      }
    }
  }

  /** Each statement is only ever sent by one of the two ways. */
  private String scoped(String taking, String sql) {
    return scopedSql.computeIfAbsent(sql, statements -> taking + ";" + statements);
  }

  private static int bindScope(PreparedStatement statement, Scope scope) throws SQLException {
    statement.setString(1, scope.role().sqlName());
    statement.setString(2, scope.tenant());
    statement.setString(3, scope.tenants());
    return 3;
  }

  static void commit(Connection connection) throws SQLException {
    // PostgreSQL answers the COMMIT of a failed transaction with a rollback, and no error.
    if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
      throw new SQLException("a failure in the transaction was hidden", "25P02");
    }
    execute(connection, COMMIT_CLEAN);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  static void rollback(Connection connection) throws SQLException {
    connection.rollback();
    execute(connection, CLEAN);
  }

  static void rollback(Connection connection, Throwable failure) {
    try {
      rollback(connection);
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }
}
