package io.varve.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

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
    var config = new HikariConfig();
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 4));
    config.setPoolName("varve");
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
    config.addDataSourceProperty("ApplicationName", "varve");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("preparedStatementCacheQueries", "512");
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout=30s -c lock_timeout=10s -c transaction_timeout=120s"
            + " -c idle_in_transaction_session_timeout=60s -c search_path=pg_catalog");
    this.pool = new HikariDataSource(config);
  }

  /**
   * Runs work in one transaction under a scope: committed when it returns, rolled back when it
   * throws.
   *
   * @throws DatabaseException if the database refuses
   */
  public <T> T transact(Scope scope, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        take(connection, scope);
        T result = work.run(connection);
        connection.commit();
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
   * Runs one query in a transaction of its own. The scope and the query travel together and end
   * together, so that row-level security costs no round trip: statements sent before one
   * synchronisation are one transaction to PostgreSQL.
   *
   * <p>The binder gives every parameter its type, null too ({@code setNull(i, OTHER, "uuid")}): of
   * a type that it is not told the driver asks first, which ends the scope before the query.
   *
   * @throws DatabaseException if the database refuses
   */
  public <T> List<T> query(Scope scope, String sql, Binder binder, Row<T> row) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(scoped(sql))) {
      binder.bind(statement, 1 + bindScope(statement, scope));
      statement.execute();
      if (!statement.getMoreResults()) {
        throw new IllegalArgumentException("not a query: " + sql);
      }
      try (ResultSet rows = statement.getResultSet()) {
        var result = new ArrayList<T>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return result;
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
      Connection connection = pool.getConnection();
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

  /** A connection that is the caller's to keep, for listening and for the ledger's writer. */
  public Connection dedicated() {
    try {
      return pool.getConnection();
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /** Gives the transaction that has begun on a connection its role and tenant. */
  public static void take(Connection connection, Scope scope) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_SCOPE)) {
      bindScope(statement, scope);
      statement.execute();
    }
  }

  private String scoped(String sql) {
    return scopedSql.computeIfAbsent(sql, query -> TAKE_SCOPE + ";" + query);
  }

  private static int bindScope(PreparedStatement statement, Scope scope) throws SQLException {
    statement.setString(1, scope.role().sqlName());
    statement.setString(2, scope.tenant());
    statement.setString(3, scope.tenants());
    return 3;
  }

  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }
}
