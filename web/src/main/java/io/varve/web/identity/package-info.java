/** Users over HTTP. */
@NullMarked
package io.varve.web.identity;

import org.jspecify.annotations.NullMarked;
