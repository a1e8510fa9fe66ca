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
  @EventType(value = "hold.placed", says = "placed the legal hold {it}")
  record HoldPlaced(
      HoldId id,
      String matter,
      String reason,
      SortedSet<UserId> custodians,
      HoldScope scope,
      UserId placedBy)
      implements HoldEvent {}

  /** More is kept than before. */
  @EventType(value = "hold.extended", says = "extended the legal hold {it}")
  record HoldExtended(SortedSet<UserId> custodians, HoldScope scope, Say extended)
      implements HoldEvent {}

  /** Somebody thinks that the hold is needed no more. It stands until another agrees. */
  @EventType(value = "hold.release-asked", says = "asked for the release of the legal hold {it}")
  record HoldReleaseAsked(Say asked) implements HoldEvent {}

  @EventType(
      value = "hold.release-withdrawn",
      says = "withdrew the wish to release the legal hold {it}")
  record HoldReleaseWithdrawn() implements HoldEvent {}

  /** Another than who asked for it has released the hold. */
  @EventType(value = "hold.released", says = "released the legal hold {it}")
  record HoldReleased(Say released) implements HoldEvent {}
}
