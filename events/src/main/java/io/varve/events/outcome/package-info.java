/** Business outcomes: what the risks put at stake. */
@NullMarked
package io.varve.events.outcome;

import org.jspecify.annotations.NullMarked;
