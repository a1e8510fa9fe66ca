package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Leaves a user who has lost the second factor without one, and without recovery codes. */
@Requires(Permission.USER_WRITE)
public record ResetSecondFactor(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
