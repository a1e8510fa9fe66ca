/** Legal holds: what is kept for a matter, whatever else would have it go. */
@NullMarked
package io.varve.events.hold;

import org.jspecify.annotations.NullMarked;
