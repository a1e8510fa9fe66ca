package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.time.Instant;

/**
 * Notes that somebody who knows a user's address has had a link sent there by which a password can
 * be set: Varve itself says so, as nobody was signed in.
 */
@Requires(Permission.SECURITY_NOTE)
public record SendResetLink(UserId id, Instant until) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/until", until);
  }
}
