package io.varve.projections.document;

import io.varve.events.State;
import java.time.Instant;

/**
 * A state and the last event in it.
 *
 * @param sequence of the last event that is folded in, from 0
 * @param number of that event in its tenant
 * @param position of that event among all
 * @param created the time of the first event
 * @param at the time of the last event
 * @param size of the state as JSON, about
 */
public record Folded(
    State state,
    long sequence,
    long number,
    long position,
    Instant created,
    Instant at,
    int size) {}
