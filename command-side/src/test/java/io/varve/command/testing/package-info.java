/** A command side on a real PostgreSQL, for tests. */
@NullMarked
package io.varve.command.testing;

import org.jspecify.annotations.NullMarked;
