/** Outcomes over HTTP. */
@NullMarked
package io.varve.web.outcome;

import org.jspecify.annotations.NullMarked;
