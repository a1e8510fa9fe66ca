/** Commands on the sources of KRI values. */
@NullMarked
package io.varve.command.source;

import org.jspecify.annotations.NullMarked;
