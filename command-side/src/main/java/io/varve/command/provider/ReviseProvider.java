package io.varve.command.provider;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;

/** Gives a provider these fields; what is already so makes no event. */
@Requires(Permission.PROVIDER_WRITE)
public record ReviseProvider(
    ProviderId id, String name, String issuer, String clientId, boolean trustedForSecondFactor)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    Provider.check(rules, name, issuer, clientId);
  }
}
