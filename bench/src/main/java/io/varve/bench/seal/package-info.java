/** Sealing a ledger, and verifying it. */
@NullMarked
package io.varve.bench.seal;

import org.jspecify.annotations.NullMarked;
