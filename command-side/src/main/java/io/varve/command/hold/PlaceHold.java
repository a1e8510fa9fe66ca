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

/** Keeps what a matter needs. */
@Requires(Permission.HOLD_WRITE)
public record PlaceHold(
    HoldId id, String matter, String reason, SortedSet<UserId> custodians, HoldScope scope)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/matter", matter, Hold.MAX_MATTER)
        .line("/reason", reason, Hold.MAX_REASON)
        .size("/custodians", custodians, Hold.MAX_CUSTODIANS)
        .required("/scope", scope);
  }
}
