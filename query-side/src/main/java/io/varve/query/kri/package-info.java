/** Questions about KRIs and their values. */
@NullMarked
package io.varve.query.kri;

import org.jspecify.annotations.NullMarked;
