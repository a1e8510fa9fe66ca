/** Questions about sources. */
@NullMarked
package io.varve.query.source;

import org.jspecify.annotations.NullMarked;
