package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;

/** Creates a tenant of an organization. The caller acts within the new tenant. */
@Requires(Permission.TENANT_WRITE)
public record CreateTenant(
    TenantId id, OrganizationId organization, String name, String industry, Tenant.Size size)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, Tenant.MAX_NAME)
        .line("/industry", industry, Tenant.MAX_INDUSTRY)
        .required("/size", size)
        .required("/organization", organization);
  }
}
