/** Who gets to an operation: its right, the home that it is about, the second factor. */
@NullMarked
package io.varve.web.gate;

import org.jspecify.annotations.NullMarked;
