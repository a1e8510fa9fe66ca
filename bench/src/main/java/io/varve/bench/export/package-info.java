/** Bundles of evidence, beside PostgreSQL's own COPY of the same rows. */
@NullMarked
package io.varve.bench.export;

import org.jspecify.annotations.NullMarked;
