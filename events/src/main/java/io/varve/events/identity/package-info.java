/** Users: who can sign in, what else they may do there, and who acts as another. */
@NullMarked
package io.varve.events.identity;

import org.jspecify.annotations.NullMarked;
