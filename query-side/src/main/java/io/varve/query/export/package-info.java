/** Exports: what is there, and how a bundle is made. */
@NullMarked
package io.varve.query.export;

import org.jspecify.annotations.NullMarked;
