/** Whether the read models are what the ledger says. */
@NullMarked
package io.varve.projections.comparison;

import org.jspecify.annotations.NullMarked;
