package io.varve.query.kri;

import io.varve.events.kri.Colour;
import io.varve.events.kri.Kri;
import io.varve.query.Document;

/**
 * A KRI and what its current value means.
 *
 * @param stale whether the value is too old to rely on, at the time of asking
 */
public record ColouredKri(Document<Kri> kri, Colour colour, boolean stale) {}
