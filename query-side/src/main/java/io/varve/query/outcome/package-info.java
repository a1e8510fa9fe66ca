/** Questions about outcomes and how badly they are endangered. */
@NullMarked
package io.varve.query.outcome;

import org.jspecify.annotations.NullMarked;
