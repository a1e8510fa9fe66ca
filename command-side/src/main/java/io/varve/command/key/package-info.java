/** Commands on API keys. */
@NullMarked
package io.varve.command.key;

import org.jspecify.annotations.NullMarked;
