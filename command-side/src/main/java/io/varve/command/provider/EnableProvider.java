package io.varve.command.provider;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;

/** Lets users sign in with a disabled provider again. */
@Requires(Permission.PROVIDER_WRITE)
public record EnableProvider(ProviderId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
