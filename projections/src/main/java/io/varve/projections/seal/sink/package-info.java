/** Places outside the database, where what was signed is written once. */
@NullMarked
package io.varve.projections.seal.sink;

import org.jspecify.annotations.NullMarked;
