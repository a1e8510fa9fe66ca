/** Reading the ledger: stored events as they stand. */
@NullMarked
package io.varve.postgres.ledger;

import org.jspecify.annotations.NullMarked;
