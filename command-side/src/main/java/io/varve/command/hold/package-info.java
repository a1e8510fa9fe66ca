/** Commands on legal holds. */
@NullMarked
package io.varve.command.hold;

import org.jspecify.annotations.NullMarked;
