package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Decides whether a user must have a second factor, even where nobody else must. */
@Requires(Permission.POLICY_WRITE)
public record SetUserMfaPolicy(UserId id, boolean required) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
