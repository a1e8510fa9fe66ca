package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Leaves of a user nothing but an identifier. Sent by Varve itself, once two people want it. */
@Requires(Permission.ERASURE_EXECUTE)
public record EraseUser(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
