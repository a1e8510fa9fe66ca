/** Aggregates over the one fold, their identity within a tenant, and the cache of their states. */
@NullMarked
package io.varve.command.stream;

import org.jspecify.annotations.NullMarked;
