package io.varve.query.kri;

import io.varve.events.kri.Observation;
import java.time.Instant;

/**
 * One value of a KRI's series.
 *
 * @param number of the event that told it
 * @param at when it was told
 */
public record SeriesPoint(Observation observation, long number, Instant at) {}
