/** Personal data as it stands in the ledger: encrypted, under a key of the person it is about. */
@NullMarked
package io.varve.events.personal;

import org.jspecify.annotations.NullMarked;
