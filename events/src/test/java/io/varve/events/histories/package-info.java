/** Valid histories of every stream, for property tests of this and of other modules. */
@NullMarked
package io.varve.events.histories;

import org.jspecify.annotations.NullMarked;
