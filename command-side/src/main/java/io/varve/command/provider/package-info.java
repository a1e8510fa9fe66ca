/** Commands on identity providers. */
@NullMarked
package io.varve.command.provider;

import org.jspecify.annotations.NullMarked;
