/** The erasure of what is known of people: over HTTP, and its execution. */
@NullMarked
package io.varve.web.erasure;

import org.jspecify.annotations.NullMarked;
