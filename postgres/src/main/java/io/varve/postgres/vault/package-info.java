/** Keys, and what is encrypted under them. */
@NullMarked
package io.varve.postgres.vault;

import org.jspecify.annotations.NullMarked;
