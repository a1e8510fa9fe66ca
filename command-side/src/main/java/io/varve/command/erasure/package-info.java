/** Commands on the erasure of what is known of people. */
@NullMarked
package io.varve.command.erasure;

import org.jspecify.annotations.NullMarked;
