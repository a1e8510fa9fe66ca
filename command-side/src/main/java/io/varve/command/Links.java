package io.varve.command;

import io.varve.events.StreamId;
import io.varve.events.access.Caller;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Checks that what a command links to is there, in the caller's own tenant. */
public final class Links {

  /** The first event of each stream; a stream of another tenant has none that this role may see. */
  private static final String EXISTING =
      """
      select id from ledger.event where tenant_id = ? and id = any (?) and sequence = 0 and stream = ?
      """;

  private final Database database;

  public Links(Database database) {
    this.database = database;
  }

  /**
   * @param pointer the field that links
   * @param stream the kind of stream that it must link to
   * @throws io.varve.events.rule.InvalidException if any of them is not there
   */
  public void require(String pointer, String stream, Collection<? extends StreamId> linked) {
    if (linked.isEmpty()) {
      return;
    }
    UUID tenant = Caller.current().tenant();
    UUID[] ids = linked.stream().map(StreamId::value).toArray(UUID[]::new);
    Set<UUID> found =
        new HashSet<>(
            database.query(
                Scope.command(tenant),
                EXISTING,
                (statement, first) -> {
                  statement.setObject(first, tenant);
                  statement.setArray(
                      first + 1, statement.getConnection().createArrayOf("uuid", ids));
                  statement.setString(first + 2, stream);
                },
                row -> row.getObject(1, UUID.class)));
    var rules = new Rules();
    int index = 0;
    for (StreamId id : linked) {
      String at = linked.size() == 1 && !pointer.endsWith("s") ? pointer : pointer + '/' + index;
      rules.hold(found.contains(id.value()), at, "no-such-" + stream, "names no " + stream);
      index++;
    }
    rules.enforce();
  }
}
