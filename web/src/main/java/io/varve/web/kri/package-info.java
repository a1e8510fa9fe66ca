/** KRIs and their observations over HTTP. */
@NullMarked
package io.varve.web.kri;

import org.jspecify.annotations.NullMarked;
