/** Commands on business outcomes. */
@NullMarked
package io.varve.command.outcome;

import org.jspecify.annotations.NullMarked;
