/** Questions about identity providers. */
@NullMarked
package io.varve.query.provider;

import org.jspecify.annotations.NullMarked;
