package io.varve.command;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseRole;
import io.varve.postgres.Scope;
import java.util.UUID;

/** What is particular to one installation. */
public final class Installation {

  private static final String PLATFORM =
      """
      select platform_id from ledger.head
      """;

  private Installation() {}

  /** The platform's own tenant, chosen when the database was made. */
  public static UUID platform(Database database) {
    return database
        .queryOne(
            new Scope(DatabaseRole.COMMAND, "", ""),
            PLATFORM,
            (statement, first) -> {},
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }
}
