/** Questions about the platform, its organizations and their tenants. */
@NullMarked
package io.varve.query.tenancy;

import org.jspecify.annotations.NullMarked;
