/** The ledger's seals over HTTP, and how they are set up. */
@NullMarked
package io.varve.web.seal;

import org.jspecify.annotations.NullMarked;
