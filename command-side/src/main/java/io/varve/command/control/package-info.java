/** Commands on controls. */
@NullMarked
package io.varve.command.control;

import org.jspecify.annotations.NullMarked;
