package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Ends every session of the caller, this one included. */
@Requires(Permission.ACCOUNT_WRITE)
public record SignOutEverywhere(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
