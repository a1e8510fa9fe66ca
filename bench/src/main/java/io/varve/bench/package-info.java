/** Benchmarks: ours and a peer in turn, on one machine, in one run, compared as a ratio. */
@NullMarked
package io.varve.bench;

import org.jspecify.annotations.NullMarked;
