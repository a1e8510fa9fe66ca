package io.varve.web.seal;

import io.varve.evidence.ledger.Envelope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is sealed of an event, beside the hashes of its payload and its provenance. */
record SealedEventView(
    UUID tenant,
    long number,
    String stream,
    UUID id,
    long sequence,
    UUID eventId,
    String type,
    int revision,
    Instant at,
    Party actor,
    @Nullable Party impersonator,
    @Nullable String request) {

  /** Who acted. */
  record Party(String kind, UUID id) {}

  static SealedEventView of(Envelope event) {
    String kind = event.impersonatorKind();
    UUID id = event.impersonatorId();
    return new SealedEventView(
        event.tenant(),
        event.number(),
        event.stream(),
        event.id(),
        event.sequence(),
        event.eventId(),
        event.type(),
        event.revision(),
        event.at(),
        new Party(event.actorKind(), event.actorId()),
        kind == null || id == null ? null : new Party(kind, id),
        event.request());
  }
}
