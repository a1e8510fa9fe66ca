@NullMarked
package io.varve.projections.seal;

import org.jspecify.annotations.NullMarked;
