/** Proofs from the ledger's seals. */
@NullMarked
package io.varve.query.seal;

import org.jspecify.annotations.NullMarked;
