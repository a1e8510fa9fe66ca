package io.varve.postgres;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/** Brings a database to this version's schema. Runs as the owner; nothing else ever does. */
public final class Migrations {

  /** The role that the application connects as. */
  public static final String LOGIN = "varve_login";

  private Migrations() {}

  /**
   * Creates or updates roles, schemas and tables.
   *
   * @param owner a role with CREATEROLE that owns the database
   * @param loginPassword the password that {@value #LOGIN} has from now on
   * @throws DatabaseException if the owner lacks a privilege or the database is unreachable
   */
  public static void migrate(ConnectionSettings owner, String loginPassword) {
    migrate(owner, loginPassword, "latest");
  }

  /**
   * As {@link #migrate(ConnectionSettings, String)}, but no further than to an older schema: for
   * finding out what a newer one makes of what was written under it.
   *
   * @param version the number of the last migration to run
   */
  public static void migrate(ConnectionSettings owner, String loginPassword, String version) {
    prepareLogin(owner, loginPassword);
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("classpath:io/varve/postgres/migration")
        .defaultSchema("flyway")
        .schemas("flyway")
        .createSchemas(true)
        .validateMigrationNaming(true)
        .target(version)
        .load()
        .migrate();
  }

  /**
   * Takes from every login what PostgreSQL grants to all and one session could use against another.
   *
   * @param superuser a superuser, connected to the database that is to be hardened
   */
  public static void harden(ConnectionSettings superuser) {
    try (Connection connection = connect(superuser);
        Statement statement = connection.createStatement()) {
      statement.execute(resource("hardening.sql"));
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  /** Whether {@link #harden} was done where a role connects to. */
  public static boolean isHardened(ConnectionSettings settings) {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select not has_function_privilege('public', 'pg_terminate_backend(integer, bigint)', 'execute')
                """)) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  private static void prepareLogin(ConnectionSettings owner, String loginPassword) {
    try (Connection connection = connect(owner);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          do $$
          begin
            if not exists (select from pg_roles where rolname = 'varve_login') then
              create role varve_login login noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
            end if;
          end
          $$;
          -- Where the server is hardened nobody has it by default. With it the login takes its scopes.
          grant execute on function pg_catalog.set_config to varve_login;
          """);
      // Hashed by the driver, so that no statement and no log of the server ever holds it.
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(LOGIN, loginPassword.toCharArray(), "scram-sha-256");
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }

  private static Connection connect(ConnectionSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  private static String resource(String name) {
    try (InputStream stream =
        requireNonNull(Migrations.class.getResourceAsStream(name), "missing " + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
