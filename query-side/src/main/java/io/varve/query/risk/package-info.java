/** Questions about risks and their scores. */
@NullMarked
package io.varve.query.risk;

import org.jspecify.annotations.NullMarked;
