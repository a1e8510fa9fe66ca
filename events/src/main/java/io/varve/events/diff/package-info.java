/** What an event changed: a structural difference of two states, and its application. */
@NullMarked
package io.varve.events.diff;

import org.jspecify.annotations.NullMarked;
