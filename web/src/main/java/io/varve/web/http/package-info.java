/** What every endpoint shares: problems, limits, request ids, strict bodies, conditional writes. */
@NullMarked
package io.varve.web.http;

import org.jspecify.annotations.NullMarked;
