/** Questions about controls. */
@NullMarked
package io.varve.query.control;

import org.jspecify.annotations.NullMarked;
