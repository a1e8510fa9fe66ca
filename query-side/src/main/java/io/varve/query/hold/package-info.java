/** Questions about legal holds. */
@NullMarked
package io.varve.query.hold;

import org.jspecify.annotations.NullMarked;
