package io.varve.projections.feed;

import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * As much of a stored event as a projection needs; its provenance stays in the ledger.
 *
 * @param position its place among all events, from 1
 * @param number its place among the events of its tenant, from 1
 * @param sequence its place in its stream, from 0
 */
public record LedgerEvent(
    long position,
    UUID tenant,
    long number,
    UUID id,
    long sequence,
    String type,
    int revision,
    Instant at,
    String payload)
    implements Placed {

  private static final String READ =
      """
      select position, tenant_id, number, id, sequence, type, revision, at, payload
        from ledger.event
       where position > ? and position <= ?
       order by position
      """;

  /** The ledger as the read models read it. */
  public static Blocks<LedgerEvent> blocks(Database database) {
    return new Blocks<>(database, READ, LedgerEvent::read);
  }

  /**
   * Reads a row of {@code select position, tenant_id, number, id, sequence, type, revision, at,
   * payload}.
   */
  public static LedgerEvent read(ResultSet row) throws SQLException {
    return new LedgerEvent(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getObject(4, UUID.class),
        row.getLong(5),
        row.getString(6),
        row.getInt(7),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getString(9));
  }

  /** What happened, decoded anew by each call. */
  public TenantEvent event() {
    return EventTypes.catalog().decode(type, revision, payload);
  }

  @Override
  public int size() {
    return 200 + payload.length();
  }
}
