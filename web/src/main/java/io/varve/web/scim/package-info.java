/** Users and groups as a directory provisions them: SCIM 2.0 (RFC 7643, RFC 7644). */
@NullMarked
package io.varve.web.scim;

import org.jspecify.annotations.NullMarked;
