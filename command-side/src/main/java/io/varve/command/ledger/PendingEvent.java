package io.varve.command.ledger;

import io.varve.events.provenance.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event that waits to be stored; the writer gives it its position, number and time. */
record PendingEvent(
    String stream,
    UUID id,
    long sequence,
    String eventId,
    String type,
    int revision,
    Actor actor,
    @Nullable Actor impersonator,
    @Nullable String request,
    String payload,
    String provenance) {}
