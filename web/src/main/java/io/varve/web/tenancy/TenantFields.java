package io.varve.web.tenancy;

import io.varve.events.tenancy.Tenant;

/** What a person says of a tenant. */
record TenantFields(String name, String industry, Tenant.Size size) {}
