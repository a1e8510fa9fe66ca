/** Trees kept in tiles of 256 hashes, as C2SP's tlog-tiles does. */
@NullMarked
package io.varve.evidence.tile;

import org.jspecify.annotations.NullMarked;
