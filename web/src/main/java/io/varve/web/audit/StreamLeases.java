package io.varve.web.audit;

import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How many streams a person has open, over all nodes: each holds one of a few slots, for as long as
 * it says again and again that it is still there. Time is the database's, as the nodes' may differ.
 */
final class StreamLeases {

  /** After which a slot of a node that is gone is free. */
  static final Duration LENGTH = Duration.ofSeconds(30);

  private static final String TAKE =
      """
      insert into ops.audit_stream as s (tenant_id, user_id, slot, lease, expires)
      select ?, ?, g.slot, ?, clock_timestamp() + cast(? as integer) * interval '1 second'
        from generate_series(1, ?) g (slot)
       where not exists (
               select from ops.audit_stream o
                where o.tenant_id = ? and o.user_id = ? and o.slot = g.slot and o.expires > clock_timestamp())
       order by g.slot
       limit 1
          on conflict (tenant_id, user_id, slot) do update set lease = excluded.lease, expires = excluded.expires
       where s.expires <= clock_timestamp()
      returning slot
      """;

  private static final String EXTEND =
      """
      update ops.audit_stream set expires = clock_timestamp() + cast(? as integer) * interval '1 second'
       where tenant_id = ? and user_id = ? and slot = ? and lease = ?
      returning slot
      """;

  static final Expiring EXPIRING =
      Expiring.ofTenants(
          """
          select distinct tenant_id from ops.audit_stream where expires < ?
          """,
          """
          delete from ops.audit_stream where expires < ?
          """);

  private final Database database;
  private final int most;

  /** A slot, and the name under which it is held. */
  record Lease(UUID home, UUID user, int slot, UUID name) {}

  /**
   * @param most how many streams a person may have open
   */
  StreamLeases(Database database, int most) {
    this.database = database;
    this.most = most;
  }

  /** A slot of a person, if one is free. */
  Optional<Lease> take(UUID home, UUID user) {
    UUID name = UUID.randomUUID();
    Optional<Lease> taken = Optional.empty();
    // Whoever loses a slot to another at the same moment tries the next.
    for (int attempt = 0; attempt < most && taken.isEmpty(); attempt++) {
      taken =
          database.queryOne(
              Scope.access(home),
              TAKE,
              (statement, first) -> {
                statement.setObject(first, home);
                statement.setObject(first + 1, user);
                statement.setObject(first + 2, name);
                statement.setInt(first + 3, (int) LENGTH.toSeconds());
                statement.setInt(first + 4, most);
                statement.setObject(first + 5, home);
                statement.setObject(first + 6, user);
              },
              row -> new Lease(home, user, row.getInt(1), name));
    }
    return taken;
  }

  /** Whether it was still held, and is from now on. */
  boolean extend(Lease lease) {
    return until(lease, LENGTH);
  }

  void release(Lease lease) {
    until(lease, Duration.ZERO);
  }

  private boolean until(Lease lease, Duration from) {
    List<Integer> held =
        database.query(
            Scope.access(lease.home()),
            EXTEND,
            (statement, first) -> {
              statement.setInt(first, (int) from.toSeconds());
              statement.setObject(first + 1, lease.home());
              statement.setObject(first + 2, lease.user());
              statement.setInt(first + 3, lease.slot());
              statement.setObject(first + 4, lease.name());
            },
            row -> row.getInt(1));
    return !held.isEmpty();
  }
}
