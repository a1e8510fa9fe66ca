/** What a handler says of who may use it, and in whose home. */
@NullMarked
package io.varve.web.access;

import org.jspecify.annotations.NullMarked;
