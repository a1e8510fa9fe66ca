package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;

/** Decides whether everybody who belongs to a tenant must have a second factor. */
@Requires(Permission.POLICY_WRITE)
public record SetTenantMfaPolicy(TenantId id, boolean required) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
