/** Folding the ledger into read models. */
@NullMarked
package io.varve.projections;

import org.jspecify.annotations.NullMarked;
