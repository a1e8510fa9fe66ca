package io.varve.postgres.testing;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.OwnedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/**
 * A database of a test's own on this JVM's one server, for instance
 *
 * <pre>{@code
 * @AutoClose static final TestDatabase database = TestDatabase.create();
 * }</pre>
 *
 * The server forgets what it holds when the machine crashes: a test of durability starts an {@code
 * EmbeddedCluster} itself.
 */
public final class TestDatabase implements AutoCloseable {

  private static final AtomicInteger count = new AtomicInteger();
  private static final Map<String, TestDatabase> templates = new ConcurrentHashMap<>();
  private static final String OWNER_PASSWORD = UUID.randomUUID().toString();

  private static final String LOGIN_PASSWORD = UUID.randomUUID().toString();

  private final ConnectionSettings owner;
  private final ConnectionSettings maintenance;
  private final String name;

  private TestDatabase(ConnectionSettings owner, ConnectionSettings maintenance, String name) {
    this.owner = owner;
    this.maintenance = maintenance;
    this.name = name;
  }

  /** An empty database as {@code varve up} and {@code varve migrate} find it. */
  public static TestDatabase create() {
    ConnectionSettings server = TestServer.shared().settings();
    String name = nextName();
    try {
      if (isSuperuser(server)) {
        ConnectionSettings owner = OwnedDatabase.prepare(server, name, OWNER_PASSWORD);
        return new TestDatabase(owner, server, name);
      }
      Sql.run(server, "create database " + name);
      return new TestDatabase(OwnedDatabase.in(server, name), server, name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A database with this version's schema; the role {@code varve_login} may connect to it. */
  public static TestDatabase migrated() {
    return copyOf("migrated", owner -> Migrations.migrate(owner, LOGIN_PASSWORD));
  }

  /** A database as an older version left it: {@link #migrate} brings it to this one's schema. */
  public static TestDatabase migratedTo(String version) {
    TestDatabase database = create();
    Migrations.migrate(database.owner(), LOGIN_PASSWORD, version);
    return database;
  }

  /** Brings an older version's schema to this one's. */
  public void migrate() {
    Migrations.migrate(owner, LOGIN_PASSWORD);
  }

  /** The application's own login, as {@code Database} wants it. */
  public ConnectionSettings login() {
    return as(Migrations.LOGIN, LOGIN_PASSWORD);
  }

  /**
   * A copy of a database that is prepared once per JVM, which costs some ten milliseconds.
   *
   * @param template names the preparation
   * @param prepare fills the template, and leaves no connection to it open
   */
  public static TestDatabase copyOf(String template, Consumer<ConnectionSettings> prepare) {
    TestDatabase source =
        templates.computeIfAbsent(
            template,
            key -> {
              TestDatabase made = create();
              prepare.accept(made.owner());
              return made;
            });
    return source.copy();
  }

  /** A database like this one as it is now, to which no connection may be open. */
  public TestDatabase copy() {
    String copied = nextName();
    try {
      String like = " template " + name + " owner " + owner.user();
      Sql.run(maintenance, "create database " + copied + like);
      TestDatabase copy = new TestDatabase(OwnedDatabase.in(owner, copied), maintenance, copied);
      copy.copyGrantsOf(this);
      return copy;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Owns this database and may create roles; not a superuser. */
  public ConnectionSettings owner() {
    return owner;
  }

  /** Ends every session in this database and lets nobody in: an outage, as its clients see it. */
  public void shut() {
    admit(false);
    administer(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  /** Ends what {@link #shut} began. */
  public void reopen() {
    admit(true);
  }

  private void admit(boolean connections) {
    administer("alter database " + name + " with allow_connections " + connections);
  }

  private void administer(String sql) {
    try {
      Sql.run(maintenance, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Inside this database, for tests that attack. Aborts the test where the server grants none. */
  public ConnectionSettings superuser() {
    try {
      if (!isSuperuser(maintenance)) {
        throw new TestAbortedException("VARVE_TEST_DB names a server without a superuser for us");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return OwnedDatabase.in(maintenance, name);
  }

  /** Inside this database as someone else. */
  public ConnectionSettings as(String user, String password) {
    return new ConnectionSettings(owner.url(), user, password);
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    try {
      Sql.run(maintenance, "drop database if exists " + name + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code create database … template} copies neither who may connect nor settings by role. */
  private void copyGrantsOf(TestDatabase source) throws SQLException {
    Sql.run(maintenance, "revoke all on database " + name + " from public");
    for (String statement : grantsOf(source)) {
      Sql.run(maintenance, statement);
    }
  }

  private List<String> grantsOf(TestDatabase source) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Connection connection = Sql.connect(maintenance);
        PreparedStatement query =
            connection.prepareStatement(
                """
                select format('grant %s on database %I to %s', privilege_type, ?,
                  case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
                from pg_database, aclexplode(datacl) where datname = ?
                union all
                select format('alter %s in database %I set %I = %L',
                  case setrole when 0 then '' else 'role ' || quote_ident(pg_get_userbyid(setrole)) end,
                  ?, split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1))
                from pg_database join pg_db_role_setting on setdatabase = pg_database.oid,
                  unnest(setconfig) setting
                where datname = ? and setrole <> 0
                union all
                select format('alter database %I set %I = %L',
                  ?, split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1))
                from pg_database join pg_db_role_setting on setdatabase = pg_database.oid,
                  unnest(setconfig) setting
                where datname = ? and setrole = 0
                """)) {
      for (int pair = 0; pair < 3; pair++) {
        query.setString(2 * pair + 1, name);
        query.setString(2 * pair + 2, source.name);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          statements.add(rows.getString(1));
        }
      }
    }
    return statements;
  }

  private static String nextName() {
    return "test_%d_%d".formatted(ProcessHandle.current().pid(), count.incrementAndGet());
  }

  private static boolean isSuperuser(ConnectionSettings settings) throws SQLException {
    return "t"
        .equals(Sql.one(settings, "select rolsuper from pg_roles where rolname = current_user"));
  }
}
