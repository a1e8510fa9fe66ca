/** Commands on users, on what they are given, and on who acts as them. */
@NullMarked
package io.varve.command.identity;

import org.jspecify.annotations.NullMarked;
