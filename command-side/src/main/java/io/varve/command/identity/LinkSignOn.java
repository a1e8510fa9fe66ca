package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/**
 * Lets the caller sign in through an identity provider from now on.
 *
 * @param subject of the identity there: issuer and subject, as a hash under a key of the platform
 */
@Requires(Permission.ACCOUNT_WRITE)
public record LinkSignOn(UserId id, UUID provider, String subject) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/provider", provider).required("/subject", subject);
  }
}
