/** Commands on users and on what they are given. */
@NullMarked
package io.varve.command.identity;

import org.jspecify.annotations.NullMarked;
