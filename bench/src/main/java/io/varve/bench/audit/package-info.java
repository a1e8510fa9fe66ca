/** Searches of the audit trail, as it grows. */
@NullMarked
package io.varve.bench.audit;

import org.jspecify.annotations.NullMarked;
