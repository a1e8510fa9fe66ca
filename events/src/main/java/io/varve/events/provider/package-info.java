/** Identity providers that the users of a home can sign in with. */
@NullMarked
package io.varve.events.provider;

import org.jspecify.annotations.NullMarked;
