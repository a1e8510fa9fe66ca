/** Attacks on what the ledger already holds. */
@NullMarked
package io.varve.postgres.appendonly;

import org.jspecify.annotations.NullMarked;
