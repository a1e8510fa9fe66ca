package io.varve.web.audit;

import io.varve.events.provenance.Via;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of the trail. Personal text in it is opened, and null once it was erased.
 *
 * @param number its place among the events of the tenant, from 1, without a gap
 * @param sequence its place in its stream, from 0
 * @param sentence what happened, in words; names are those of now
 * @param diff what it changed, as JSON pointers with the values before and after
 * @param ip from where it was asked
 */
record AuditView(
    long number,
    Instant at,
    String stream,
    UUID id,
    long sequence,
    UUID eventId,
    String type,
    int revision,
    String sentence,
    Who actor,
    @Nullable Who impersonator,
    Via via,
    @Nullable String reason,
    @Nullable String request,
    @Nullable String trace,
    @Nullable String ip,
    JsonNode payload,
    JsonNode diff) {}
