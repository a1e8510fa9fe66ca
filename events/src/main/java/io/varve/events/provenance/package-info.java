/** Who wrote an event, for whom, through what and why. */
@NullMarked
package io.varve.events.provenance;

import org.jspecify.annotations.NullMarked;
