/** Vendors over HTTP. */
@NullMarked
package io.varve.web.vendor;

import org.jspecify.annotations.NullMarked;
