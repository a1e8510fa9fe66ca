package io.varve.command.tenancy;

import io.varve.events.StreamId;
import io.varve.events.access.Caller;

/**
 * The events of the platform, of an organization, of a carrier and of a tenant are its own: a
 * caller has to act within it to create it.
 */
final class OwnTenant {

  private OwnTenant() {}

  /**
   * @throws IllegalStateException if the sender did not move the caller into the new tenant, see
   *     {@link Caller#within}
   */
  static void require(StreamId id) {
    if (!Caller.current().tenant().equals(id.value())) {
      throw new IllegalStateException("the caller does not act within what is created");
    }
  }
}
