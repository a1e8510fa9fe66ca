/** Attacks on the isolation of tenants, and the rules that the catalog is held to. */
@NullMarked
package io.varve.postgres.isolation;

import org.jspecify.annotations.NullMarked;
