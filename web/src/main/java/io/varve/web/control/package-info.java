/** Controls over HTTP. */
@NullMarked
package io.varve.web.control;

import org.jspecify.annotations.NullMarked;
