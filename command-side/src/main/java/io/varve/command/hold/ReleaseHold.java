package io.varve.command.hold;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.rule.Rules;

/** Releases a hold that another has asked to be released. */
@Requires(Permission.HOLD_WRITE)
public record ReleaseHold(HoldId id, String reason) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/reason", reason, Hold.MAX_REASON);
  }
}
