/** How quickly the read models follow the ledger. */
@NullMarked
package io.varve.bench.project;

import org.jspecify.annotations.NullMarked;
