/** Noting misuse, without letting it fill the ledger. */
@NullMarked
package io.varve.command.notice;

import org.jspecify.annotations.NullMarked;
