/** Bundles of evidence: how they are written, and how they are verified by who trusts nobody. */
@NullMarked
package io.varve.evidence.bundle;

import org.jspecify.annotations.NullMarked;
