package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Lets a disabled user sign in again. */
@Requires(Permission.USER_WRITE)
public record EnableUser(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
