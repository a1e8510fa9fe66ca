package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.RoleId;
import io.varve.events.rule.Rules;

/** Takes a role from everybody who has it, for good. */
@Requires(Permission.ROLE_WRITE)
public record WithdrawRole(RoleId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
