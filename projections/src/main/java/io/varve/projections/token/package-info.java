/** How far each segment of a processor has got, and the transactions in which that is said. */
@NullMarked
package io.varve.projections.token;

import org.jspecify.annotations.NullMarked;
