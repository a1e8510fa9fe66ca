/** Who may do what: roles, permissions and the caller of a command or query. */
@NullMarked
package io.varve.events.access;

import org.jspecify.annotations.NullMarked;
