package io.varve.command.ledger;

import java.time.Instant;

/**
 * What was stored.
 *
 * @param number the number of the last event among its tenant's
 * @param at the time of the ledger
 */
record Appended(long number, Instant at) {}
