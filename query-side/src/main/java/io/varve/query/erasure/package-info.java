/** Questions about erasures. */
@NullMarked
package io.varve.query.erasure;

import org.jspecify.annotations.NullMarked;
