/** The ledger as processors read it: in blocks, in order, each event decoded once. */
@NullMarked
package io.varve.projections.feed;

import org.jspecify.annotations.NullMarked;
