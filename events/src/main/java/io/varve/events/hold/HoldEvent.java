package io.varve.events.hold;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.hold.Hold.Say;
import io.varve.events.identity.UserId;
import java.util.SortedSet;

/** What can happen to a legal hold. It only ever grows, until it is released by two people. */
public sealed interface HoldEvent extends TenantEvent {

  /**
   * What a matter needs is kept from now on.
   *
   * @param matter the matter's number, in the words of whoever keeps the file
   * @param custodians users, everything about whom is kept
   */
  @EventType("hold.placed")
  record HoldPlaced(
      HoldId id,
      String matter,
      String reason,
      SortedSet<UserId> custodians,
      HoldScope scope,
      UserId placedBy)
      implements HoldEvent {}

  /** More is kept than before. */
  @EventType("hold.extended")
  record HoldExtended(SortedSet<UserId> custodians, HoldScope scope, Say extended)
      implements HoldEvent {}

  /** Somebody thinks that the hold is needed no more. It stands until another agrees. */
  @EventType("hold.release-asked")
  record HoldReleaseAsked(Say asked) implements HoldEvent {}

  @EventType("hold.release-withdrawn")
  record HoldReleaseWithdrawn() implements HoldEvent {}

  /** Another than who asked for it has released the hold. */
  @EventType("hold.released")
  record HoldReleased(Say released) implements HoldEvent {}
}
