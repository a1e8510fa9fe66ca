package io.varve.postgres.ledger;

import io.varve.events.Json;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.provenance.Provenance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One event as it stands in the ledger.
 *
 * @param position its place among all events of the installation, from 1; stays inside
 * @param number its place among the events of its tenant, from 1
 * @param stream the kind of its stream
 * @param id its stream
 * @param sequence its place in its stream, from 0
 * @param payloadJson the payload, byte for byte as stored
 * @param provenanceJson the provenance, byte for byte as stored
 */
public record StoredEvent(
    long position,
    UUID tenant,
    long number,
    String stream,
    UUID id,
    long sequence,
    UUID eventId,
    String type,
    int revision,
    Instant at,
    String payloadJson,
    String provenanceJson) {

  /**
   * Reads a row of {@code select position, tenant_id, number, stream, id, sequence, event_id, type,
   * revision, at, payload, provenance}.
   */
  public static StoredEvent read(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getString(4),
        row.getObject(5, UUID.class),
        row.getLong(6),
        row.getObject(7, UUID.class),
        row.getString(8),
        row.getInt(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getString(11),
        row.getString(12));
  }

  /** What happened, in its newest shape. */
  public TenantEvent event() {
    return EventTypes.catalog().decode(type, revision, payloadJson);
  }

  public Provenance provenance() {
    return Json.read(provenanceJson, Provenance.class);
  }
}
