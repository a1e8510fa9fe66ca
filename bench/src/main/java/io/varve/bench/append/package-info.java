/** How quickly commands become durable events, beside plain inserts and Axon's own event store. */
@NullMarked
package io.varve.bench.append;

import org.jspecify.annotations.NullMarked;
