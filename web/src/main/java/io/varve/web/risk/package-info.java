/** Risks over HTTP. */
@NullMarked
package io.varve.web.risk;

import org.jspecify.annotations.NullMarked;
