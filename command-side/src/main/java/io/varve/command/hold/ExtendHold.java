package io.varve.command.hold;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/** Has a hold keep these: all that it kept before, and more. */
@Requires(Permission.HOLD_WRITE)
public record ExtendHold(HoldId id, SortedSet<UserId> custodians, HoldScope scope, String reason)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/reason", reason, Hold.MAX_REASON)
        .size("/custodians", custodians, Hold.MAX_CUSTODIANS)
        .required("/scope", scope);
  }
}
