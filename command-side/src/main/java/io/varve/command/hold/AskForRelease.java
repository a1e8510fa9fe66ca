package io.varve.command.hold;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.rule.Rules;

/** Says that a hold is needed no more, for another to agree. */
@Requires(Permission.HOLD_WRITE)
public record AskForRelease(HoldId id, String reason) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/reason", reason, Hold.MAX_REASON);
  }
}
