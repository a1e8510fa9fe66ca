package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to a carrier. */
public sealed interface CarrierEvent extends TenantEvent {

  @EventType(value = "carrier.created", says = "created the carrier {it}")
  record CarrierCreated(CarrierId id, String name) implements CarrierEvent {}

  @EventType(value = "carrier.renamed", says = "renamed the carrier {it}")
  record CarrierRenamed(String name) implements CarrierEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType(
      value = "carrier.mfa-policy-set",
      says = "changed whether users of the carrier {it} must have a second factor")
  record CarrierMfaPolicySet(boolean required) implements CarrierEvent {}
}
