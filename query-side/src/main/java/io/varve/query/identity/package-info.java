/** Questions about users. */
@NullMarked
package io.varve.query.identity;

import org.jspecify.annotations.NullMarked;
