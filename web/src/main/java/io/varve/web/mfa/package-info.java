/** The second factor: one-time passwords, recovery codes, and who must have it. */
@NullMarked
package io.varve.web.mfa;

import org.jspecify.annotations.NullMarked;
