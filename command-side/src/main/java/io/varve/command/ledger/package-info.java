/** The append-only event store: an Axon storage engine that commits in groups. */
@NullMarked
package io.varve.command.ledger;

import org.jspecify.annotations.NullMarked;
