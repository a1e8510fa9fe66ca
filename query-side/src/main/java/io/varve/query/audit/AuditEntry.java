package io.varve.query.audit;

import io.varve.events.Json;
import io.varve.events.audit.Term;
import io.varve.events.provenance.Provenance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One event of the trail, as it stands in the ledger.
 *
 * @param number its place among the events of its tenant
 * @param sequence its place in its stream
 * @param payload what happened, as it was stored
 * @param provenance who, for whom, by what way, why, from where, and the diff
 */
public record AuditEntry(
    long number,
    Instant at,
    String stream,
    UUID id,
    long sequence,
    UUID eventId,
    String type,
    int revision,
    JsonNode payload,
    Provenance provenance) {

  static AuditEntry read(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getObject(4, UUID.class),
        row.getLong(5),
        row.getObject(6, UUID.class),
        row.getString(7),
        row.getInt(8),
        Json.read(row.getString(9), JsonNode.class),
        Json.read(row.getString(10), Provenance.class));
  }

  boolean has(Set<Term> terms) {
    return terms.isEmpty() || Term.of(stream, id, type, provenance).containsAll(terms);
  }
}
