/** A running Varve for tests, and a client of it. */
@NullMarked
package io.varve.web.testing;

import org.jspecify.annotations.NullMarked;
