/** Sources of KRIs' values over HTTP. */
@NullMarked
package io.varve.web.source;

import org.jspecify.annotations.NullMarked;
