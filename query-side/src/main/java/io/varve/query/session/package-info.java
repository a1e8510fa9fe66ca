/** Questions about sessions. */
@NullMarked
package io.varve.query.session;

import org.jspecify.annotations.NullMarked;
