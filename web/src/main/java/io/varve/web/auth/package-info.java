/** Who is calling: setting up, signing in, access tokens, and the one place that makes a caller. */
@NullMarked
package io.varve.web.auth;

import org.jspecify.annotations.NullMarked;
