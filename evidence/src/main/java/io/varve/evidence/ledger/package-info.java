/** Events as they are sealed: the leaves of a tenant's tree. */
@NullMarked
package io.varve.evidence.ledger;

import org.jspecify.annotations.NullMarked;
