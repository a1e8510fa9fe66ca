/** Commands on vendors. */
@NullMarked
package io.varve.command.vendor;

import org.jspecify.annotations.NullMarked;
