package io.varve.query.audit;

import io.varve.events.provenance.Provenance;
import java.time.Instant;
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
    Provenance provenance) {}
