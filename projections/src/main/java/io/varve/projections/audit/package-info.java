/** The index of the audit trail. */
@NullMarked
package io.varve.projections.audit;

import org.jspecify.annotations.NullMarked;
