/** How soon the program is ready, and what it takes at rest. */
@NullMarked
package io.varve.bench.start;

import org.jspecify.annotations.NullMarked;
