package io.varve.web.tenancy;

import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it begins.
 *
 * @param organization whose it is; absent for the caller's own
 */
record NewTenant(
    @Nullable OrganizationId organization, String name, String industry, Tenant.Size size) {}
