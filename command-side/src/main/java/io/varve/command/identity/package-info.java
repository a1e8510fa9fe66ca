/** Commands on users. */
@NullMarked
package io.varve.command.identity;

import org.jspecify.annotations.NullMarked;
