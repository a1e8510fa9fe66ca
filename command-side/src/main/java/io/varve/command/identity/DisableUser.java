package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Lets a user sign in no more. */
@Requires(Permission.USER_WRITE)
public record DisableUser(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
