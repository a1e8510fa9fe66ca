/** Risks: their events, their state and how they are scored. */
@NullMarked
package io.varve.events.risk;

import org.jspecify.annotations.NullMarked;
