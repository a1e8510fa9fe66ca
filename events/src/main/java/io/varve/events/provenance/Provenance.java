package io.varve.events.provenance;

import io.varve.events.diff.Diff;
import io.varve.events.personal.Personal;
import org.jspecify.annotations.Nullable;

/**
 * Where an event comes from and what it changed. Stored beside the payload and sealed with it.
 *
 * @param impersonator who acted as the actor, if anyone did
 * @param reason why, in the caller's words
 * @param request the id of the HTTP request or job
 * @param trace the id of the W3C trace
 * @param ip the client's address: personal data of the actor
 * @param diff what the event changed in its stream's state
 */
public record Provenance(
    Actor actor,
    @Nullable Actor impersonator,
    Via via,
    @Nullable String reason,
    @Nullable String request,
    @Nullable String trace,
    @Nullable Personal ip,
    Diff diff) {}
