/** What row-level security costs a reader. */
@NullMarked
package io.varve.bench.rls;

import org.jspecify.annotations.NullMarked;
