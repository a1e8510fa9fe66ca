/** Commands on the platform, its organizations and their tenants. */
@NullMarked
package io.varve.command.tenancy;

import org.jspecify.annotations.NullMarked;
