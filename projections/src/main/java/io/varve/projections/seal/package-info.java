/**
 * Sealing the ledger: a Merkle tree for each tenant, a log over their signed checkpoints, and what
 * goes out of the database of it.
 */
@NullMarked
package io.varve.projections.seal;

import org.jspecify.annotations.NullMarked;
