/** Organizations and tenants over HTTP, and how far an administrator reaches. */
@NullMarked
package io.varve.web.tenancy;

import org.jspecify.annotations.NullMarked;
