/** A real PostgreSQL for tests. */
@NullMarked
package io.varve.postgres.testing;

import org.jspecify.annotations.NullMarked;
