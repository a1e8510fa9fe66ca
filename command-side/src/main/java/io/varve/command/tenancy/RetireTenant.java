package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;

/** Ends the use of a tenant: nothing is written in it any more. */
@Requires(Permission.TENANT_WRITE)
public record RetireTenant(TenantId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
