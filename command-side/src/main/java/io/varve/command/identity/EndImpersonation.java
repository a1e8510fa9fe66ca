package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.rule.Rules;

/**
 * Ends an impersonation before its time. The administrator may, within it or outside, and whoever
 * may write users there; what all of them have is the permission to see it.
 */
@Requires(Permission.IMPERSONATION_READ)
public record EndImpersonation(ImpersonationId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
