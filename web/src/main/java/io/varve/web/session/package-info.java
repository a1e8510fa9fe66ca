/** One's own sessions over HTTP. */
@NullMarked
package io.varve.web.session;

import org.jspecify.annotations.NullMarked;
