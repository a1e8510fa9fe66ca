/** The audit trail: the ledger itself, searched. */
@NullMarked
package io.varve.query.audit;

import org.jspecify.annotations.NullMarked;
