package io.varve.web.tenancy;

import io.varve.events.tenancy.Tenant;

/** What can be changed of a tenant. */
record TenantFields(String name, String industry, Tenant.Size size) {}
