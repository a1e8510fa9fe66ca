package io.varve.projections.audit;

import io.varve.events.Json;
import io.varve.events.audit.Term;
import io.varve.events.provenance.Provenance;
import io.varve.postgres.Database;
import io.varve.projections.feed.Blocks;
import io.varve.projections.feed.Placed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An event and the keys of all its terms, which are all that is kept of it.
 *
 * @param keys of {@link Term#key()}
 */
@SuppressWarnings("ArrayRecordComponent")
public record IndexedEvent(UUID tenant, long number, long[] keys) implements Placed {

  private static final String READ =
      """
      select tenant_id, number, stream, id, type, provenance
        from ledger.event
       where position > ? and position <= ?
       order by position
      """;

  /** The ledger as the index reads it. */
  public static Blocks<IndexedEvent> blocks(Database database) {
    return new Blocks<>(database, READ, IndexedEvent::read);
  }

  private static IndexedEvent read(ResultSet row) throws SQLException {
    long[] keys =
        Term.of(
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                Json.read(row.getString(6), Provenance.class))
            .stream()
            .mapToLong(Term::key)
            .toArray();
    return new IndexedEvent(row.getObject(1, UUID.class), row.getLong(2), keys);
  }

  @Override
  public int size() {
    return 100 + Long.BYTES * keys.length;
  }
}
