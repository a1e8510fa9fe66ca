package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.CarrierId;

/** Decides whether everybody who belongs to a carrier must have a second factor. */
@Requires(Permission.POLICY_WRITE)
public record SetCarrierMfaPolicy(CarrierId id, boolean required) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
