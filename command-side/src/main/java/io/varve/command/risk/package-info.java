/** Commands on risks. */
@NullMarked
package io.varve.command.risk;

import org.jspecify.annotations.NullMarked;
