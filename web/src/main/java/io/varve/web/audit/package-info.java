/** The audit trail over HTTP. */
@NullMarked
package io.varve.web.audit;

import org.jspecify.annotations.NullMarked;
