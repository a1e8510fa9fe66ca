/** Documents: each exactly the fold of its stream. */
@NullMarked
package io.varve.projections.document;

import org.jspecify.annotations.NullMarked;
