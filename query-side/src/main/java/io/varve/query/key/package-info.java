/** Questions about API keys. */
@NullMarked
package io.varve.query.key;

import org.jspecify.annotations.NullMarked;
