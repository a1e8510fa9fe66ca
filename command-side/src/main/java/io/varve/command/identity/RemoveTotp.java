package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Leaves the caller without a second factor, and without recovery codes. */
@Requires(Permission.ACCOUNT_WRITE)
public record RemoveTotp(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
