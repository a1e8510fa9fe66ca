package io.varve.command.hold;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.hold.HoldId;
import io.varve.events.rule.Rules;

/** Takes back that a hold is needed no more. */
@Requires(Permission.HOLD_WRITE)
public record WithdrawRelease(HoldId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
