/** Exports: bundles of evidence that were asked for, made, fetched and let go. */
@NullMarked
package io.varve.events.export;

import org.jspecify.annotations.NullMarked;
