package io.varve.command;

import io.varve.command.stream.Run;
import io.varve.events.access.Caller;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Finds the streams of the caller's tenant that hold unique values. */
public final class Holders {

  private static final String HOLDERS =
      """
      select value, holder_id from ledger.claim where tenant_id = ? and kind = ? and value = any (?)
      """;

  private final Database database;

  Holders(Database database) {
    this.database = database;
  }

  /** Those of these values that are held, each with its holder, in one round trip. */
  public Map<String, UUID> find(String kind, Collection<String> values) {
    UUID tenant = Caller.current().tenant();
    Run.current().readClaims();
    var holders = new HashMap<String, UUID>();
    database.query(
        Scope.command(tenant),
        HOLDERS,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setString(first + 1, kind);
          statement.setArray(
              first + 2, statement.getConnection().createArrayOf("text", values.toArray()));
        },
        row -> holders.put(row.getString(1), row.getObject(2, UUID.class)));
    return holders;
  }
}
