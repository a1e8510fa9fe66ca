/** Merkle trees as RFC 9162 hashes them: growing, proving and checking. */
@NullMarked
package io.varve.evidence.merkle;

import org.jspecify.annotations.NullMarked;
