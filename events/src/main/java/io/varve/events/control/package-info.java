/** Controls: what is done against risks. */
@NullMarked
package io.varve.events.control;

import org.jspecify.annotations.NullMarked;
