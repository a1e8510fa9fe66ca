/** Sessions: one sign-in of one user, from its beginning to its end. */
@NullMarked
package io.varve.events.session;

import org.jspecify.annotations.NullMarked;
