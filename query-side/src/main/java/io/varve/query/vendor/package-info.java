/** Questions about vendors. */
@NullMarked
package io.varve.query.vendor;

import org.jspecify.annotations.NullMarked;
