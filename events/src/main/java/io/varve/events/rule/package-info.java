/** The rules a command's fields and a stream's state must keep. */
@NullMarked
package io.varve.events.rule;

import org.jspecify.annotations.NullMarked;
