package io.varve.web.cli;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Migrations;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;

@Command(
    mixinStandardHelpOptions = true,
    name = "migrate",
    description = "Creates or updates roles and schemas in a PostgreSQL 18 that you run.",
    footer = {
      "",
      "VARVE_DB_OWNER_URL  the owner: owns the database and may create roles,",
      "                    for example jdbc:postgresql://db:5432/varve?user=varve_owner",
      "VARVE_DB_URL        the login that \"varve up\" uses afterwards; its role is",
      "                    varve_login, and its password is set here",
      "",
      "For each, a password comes from the URL, or from VARVE_DB_OWNER_PASSWORD and",
      "VARVE_DB_PASSWORD, or from the files that VARVE_DB_OWNER_PASSWORD_FILE and",
      "VARVE_DB_PASSWORD_FILE name, or from the files varve.db.owner.password and",
      "varve.db.password in the folder VARVE_SECRETS; a user likewise from …_USER.",
      "",
      "A superuser prepares the owner once:",
      "  create role varve_owner login createrole password '…';",
      "  create database varve owner varve_owner;",
      "",
      "VARVE_DB_SUPERUSER_URL, once, as that superuser in that database: takes from every",
      "login what PostgreSQL grants to all and one session could use against another"
    })
final class Migrate implements Callable<Integer> {

  @Override
  public Integer call() {
    ExternalDatabase external = new ExternalDatabase(System.getenv());
    ConnectionSettings owner = external.owner();
    ConnectionSettings login = external.login();
    ExternalDatabase.checked(owner);
    try {
      Migrations.migrate(owner, login.password());
      external.superuser().ifPresent(Migrations::harden);
    } catch (DatabaseException | FlywayException e) {
      throw new Refused(
          "The database %s cannot be migrated as %s: %s."
              .formatted(owner.url(), owner.user(), Refused.reason(e)),
          e);
    }
    System.out.printf("%s is ready for %s.%n", owner.url(), login.user());
    if (!Migrations.isHardened(owner)) {
      System.err.println(
          "It is not hardened: a session may end another's. Migrate once with"
              + " VARVE_DB_SUPERUSER_URL set (\"varve migrate --help\" explains it).");
    }
    return 0;
  }
}
