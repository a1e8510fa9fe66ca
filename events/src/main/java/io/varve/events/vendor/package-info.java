/** Vendors: whom a tenant depends on and what they hold of it. */
@NullMarked
package io.varve.events.vendor;

import org.jspecify.annotations.NullMarked;
