@NullMarked
package io.varve.projections.seal.sink;

import org.jspecify.annotations.NullMarked;
