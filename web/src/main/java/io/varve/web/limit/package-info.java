/** How often somebody may ask, and how often somebody may guess a password. */
@NullMarked
package io.varve.web.limit;

import org.jspecify.annotations.NullMarked;
