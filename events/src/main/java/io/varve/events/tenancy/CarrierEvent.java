package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to a carrier. */
public sealed interface CarrierEvent extends TenantEvent {

  @EventType("carrier.created")
  record CarrierCreated(CarrierId id, String name) implements CarrierEvent {}

  @EventType("carrier.renamed")
  record CarrierRenamed(String name) implements CarrierEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType("carrier.mfa-policy-set")
  record CarrierMfaPolicySet(boolean required) implements CarrierEvent {}
}
