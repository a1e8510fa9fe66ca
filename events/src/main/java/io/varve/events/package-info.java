/**
 * The language of the ledger: events, the states they fold into, and how both are written as JSON.
 */
@NullMarked
package io.varve.events;

import org.jspecify.annotations.NullMarked;
