package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/**
 * Notes that the caller has used a recovery code. Who signs in with one is the user already, but
 * for the second factor.
 */
@Requires(Permission.ACCOUNT_WRITE)
public record UseRecoveryCode(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
