package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.PlatformId;

/** Decides whether everybody who belongs anywhere on the platform must have a second factor. */
@Requires(Permission.POLICY_WRITE)
public record SetPlatformMfaPolicy(PlatformId id, boolean required) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
