/** Who is where: the platform, its organizations and their tenants. */
@NullMarked
package io.varve.events.tenancy;

import org.jspecify.annotations.NullMarked;
