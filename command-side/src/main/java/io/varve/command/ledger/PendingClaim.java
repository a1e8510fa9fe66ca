package io.varve.command.ledger;

import io.varve.events.UniqueValue;
import java.util.UUID;

/**
 * A unique value that is taken or freed with the events it comes with.
 *
 * @param owner the tenant within which it is unique, or the platform
 * @param pointer the JSON pointer of the field that holds it
 */
record PendingClaim(UUID owner, String kind, String value, UUID holder, String pointer) {

  /**
   * @param tenant of the stream that holds the value
   * @param holder the stream
   * @param platform within which those values are unique that are so everywhere
   */
  static PendingClaim of(UniqueValue value, UUID tenant, UUID holder, UUID platform) {
    boolean everywhere = value.reach() == UniqueValue.Reach.PLATFORM;
    return new PendingClaim(
        everywhere ? platform : tenant, value.kind(), value.value(), holder, value.pointer());
  }

  /** A value, whoever holds it. */
  record Value(UUID owner, String kind, String value) {}

  Value claimed() {
    return new Value(owner, kind, value);
  }
}
