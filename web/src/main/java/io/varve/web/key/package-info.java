/** API keys: made once, kept as hashes, and what they push. */
@NullMarked
package io.varve.web.key;

import org.jspecify.annotations.NullMarked;
