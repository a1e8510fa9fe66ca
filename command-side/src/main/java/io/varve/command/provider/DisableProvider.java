package io.varve.command.provider;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;

/** Lets nobody sign in with a provider for now. */
@Requires(Permission.PROVIDER_WRITE)
public record DisableProvider(ProviderId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
