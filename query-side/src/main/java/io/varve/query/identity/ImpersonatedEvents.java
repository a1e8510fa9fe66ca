package io.varve.query.identity;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.Impersonation;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.query.Document;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What impersonators did, counted in the ledger itself. */
public final class ImpersonatedEvents {

  private static final String COUNT =
      """
      select i.id,
             (select count(*) from ledger.event e
               where e.tenant_id = ? and e.impersonator_id = i.admin and e.actor_id = i.actor
                 and e.at between i.started and i.ended)
        from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as uuid[]),
                    cast(? as timestamptz[]), cast(? as timestamptz[])) as i (id, admin, actor, started, ended)
      """;

  private final Database database;

  private record Count(UUID impersonation, long events) {}

  public ImpersonatedEvents(Database database) {
    this.database = database;
  }

  /**
   * How many events of the caller's tenant each of these impersonations made, by its identifier.
   *
   * @throws io.varve.events.access.ForbiddenException if the caller may not see impersonations
   */
  public Map<UUID, Long> count(Caller caller, List<Document<Impersonation>> impersonations) {
    caller.require(Permission.IMPERSONATION_READ);
    return database
        .query(
            Scope.query(caller.tenant()),
            COUNT,
            (statement, first) -> {
              statement.setObject(first, caller.tenant());
              set(statement, first + 1, "uuid", impersonations, Document::id);
              set(statement, first + 2, "uuid", impersonations, i -> i.state().admin().value());
              set(statement, first + 3, "uuid", impersonations, i -> i.state().user().value());
              set(statement, first + 4, "timestamptz", impersonations, i -> utc(i.created()));
              set(statement, first + 5, "timestamptz", impersonations, i -> utc(end(i)));
            },
            row -> new Count(row.getObject(1, UUID.class), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Count::impersonation, Count::events));
  }

  private static Instant end(Document<Impersonation> impersonation) {
    return impersonation.state().status() == Impersonation.Status.ENDED
        ? impersonation.at()
        : impersonation.state().until();
  }

  private static String utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toString();
  }

  private static void set(
      PreparedStatement statement,
      int index,
      String type,
      List<Document<Impersonation>> impersonations,
      Function<Document<Impersonation>, Object> value)
      throws SQLException {
    statement.setArray(
        index,
        statement
            .getConnection()
            .createArrayOf(type, impersonations.stream().map(value).toArray()));
  }
}
