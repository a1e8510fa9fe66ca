/** Backups of the embedded server: base backups, the WAL that follows them, and the way back. */
@NullMarked
package io.varve.postgres.backup;

import org.jspecify.annotations.NullMarked;
