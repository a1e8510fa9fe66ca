@NullMarked
package io.varve.projections;

import org.jspecify.annotations.NullMarked;
