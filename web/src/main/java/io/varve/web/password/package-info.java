/** Setting one's password: knowing the old one, or following a link that was sent. */
@NullMarked
package io.varve.web.password;

import org.jspecify.annotations.NullMarked;
