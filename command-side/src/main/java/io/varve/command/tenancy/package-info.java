/** Commands on the platform, its organizations and carriers, and the tenants. */
@NullMarked
package io.varve.command.tenancy;

import org.jspecify.annotations.NullMarked;
