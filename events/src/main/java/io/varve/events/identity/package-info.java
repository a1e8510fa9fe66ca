/** Users: who can sign in, with which role. */
@NullMarked
package io.varve.events.identity;

import org.jspecify.annotations.NullMarked;
