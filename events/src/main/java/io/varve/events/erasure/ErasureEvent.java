package io.varve.events.erasure;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.hold.HoldId;
import io.varve.events.identity.UserId;
import io.varve.events.tenancy.TenantId;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to an erasure. Nothing of it is personal but the identifier of the person. */
public sealed interface ErasureEvent extends TenantEvent {

  /**
   * Somebody wants what is known of a person to be destroyed, or all that a retired tenant has.
   *
   * @param tenant whose data it is, where that is not the one that this is written in: a retired
   *     one
   * @param subject the person; null for the whole of a retired tenant
   * @param legalBasis why that has to be, in the requester's words
   * @param extent how much there was at the time
   */
  @EventType(value = "erasure.requested", says = "asked for the erasure {it}")
  record ErasureRequested(
      ErasureId id,
      @Nullable TenantId tenant,
      @Nullable UUID subject,
      String legalBasis,
      UserId requester,
      Erasure.Extent extent)
      implements ErasureEvent {}

  @EventType(value = "erasure.withdrawn", says = "withdrew the erasure {it}")
  record ErasureWithdrawn() implements ErasureEvent {}

  /** Another than the requester agrees. From here on it is executed. */
  @EventType(value = "erasure.approved", says = "approved the erasure {it}")
  record ErasureApproved(UserId approver) implements ErasureEvent {}

  /**
   * It was approved, but what was found then forbids it. It is over; there can be another.
   *
   * @param hold the hold that covers it; null where the person is the last administrator
   * @param matter the number of the hold's matter
   */
  @EventType(
      value = "erasure.blocked",
      says = "did not carry out the erasure {it}, for a legal hold stands")
  record ErasureBlocked(@Nullable HoldId hold, @Nullable String matter) implements ErasureEvent {}

  /**
   * The key is destroyed.
   *
   * @param extent how much cannot be read any more
   * @param removed how much of each other sort was deleted
   */
  @EventType(value = "erasure.completed", says = "carried out the erasure {it}")
  record ErasureCompleted(Erasure.Extent extent, SortedMap<String, Long> removed)
      implements ErasureEvent {}
}
