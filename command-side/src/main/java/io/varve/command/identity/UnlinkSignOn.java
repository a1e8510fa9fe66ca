package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/** Lets a user sign in through an identity provider no more. */
@Requires(Permission.USER_WRITE)
public record UnlinkSignOn(UserId id, UUID provider) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/provider", provider);
  }
}
