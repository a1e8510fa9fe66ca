/** Legal holds over HTTP. */
@NullMarked
package io.varve.web.hold;

import org.jspecify.annotations.NullMarked;
