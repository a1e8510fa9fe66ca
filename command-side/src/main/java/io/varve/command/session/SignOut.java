package io.varve.command.session;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.session.SessionId;

/**
 * Ends a session of the caller's own, this one or another; where it was over already nothing
 * happens.
 */
@Requires(Permission.ACCOUNT_WRITE)
public record SignOut(SessionId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
