/** Checks everything that the ledger claims, trusting a key and what is kept outside of it. */
@NullMarked
package io.varve.projections.verify;

import org.jspecify.annotations.NullMarked;
