/** The keys that seal, one after the other. */
@NullMarked
package io.varve.evidence.key;

import org.jspecify.annotations.NullMarked;
