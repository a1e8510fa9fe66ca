package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/** Lets the caller sign in through an identity provider no more. */
@Requires(Permission.ACCOUNT_WRITE)
public record UnlinkOwnSignOn(UserId id, UUID provider) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/provider", provider);
  }
}
