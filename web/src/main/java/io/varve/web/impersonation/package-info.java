/** Acting as a user of a tenant, over HTTP. */
@NullMarked
package io.varve.web.impersonation;

import org.jspecify.annotations.NullMarked;
