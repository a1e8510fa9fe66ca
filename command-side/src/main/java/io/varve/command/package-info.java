/** Commands: how they are sent, by what right they are decided, and what they answer. */
@NullMarked
package io.varve.command;

import org.jspecify.annotations.NullMarked;
