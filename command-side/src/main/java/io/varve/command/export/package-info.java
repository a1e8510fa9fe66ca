/** Commands on exports. */
@NullMarked
package io.varve.command.export;

import org.jspecify.annotations.NullMarked;
