package io.varve.query;

import io.varve.events.State;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing as it stands in its read model: exactly the fold of its stream, up to a sequence.
 *
 * @param sequence the place of its last event in its stream, from 0; what {@code If-Match} takes
 * @param number the number of that event among those of its tenant
 * @param created the time of its first event
 * @param at the time of its last event
 */
public record Document<S extends State>(
    UUID id, long sequence, long number, Instant created, Instant at, S state) {}
