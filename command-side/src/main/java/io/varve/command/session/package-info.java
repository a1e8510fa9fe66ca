/** Commands on sessions. */
@NullMarked
package io.varve.command.session;

import org.jspecify.annotations.NullMarked;
