/** API keys: what other systems sign their requests with. */
@NullMarked
package io.varve.events.key;

import org.jspecify.annotations.NullMarked;
