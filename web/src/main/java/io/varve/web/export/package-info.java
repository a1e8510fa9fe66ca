/** Exports over HTTP, and what makes them and lets them go. */
@NullMarked
package io.varve.web.export;

import org.jspecify.annotations.NullMarked;
