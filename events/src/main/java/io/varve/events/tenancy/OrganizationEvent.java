package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to an organization. */
public sealed interface OrganizationEvent extends TenantEvent {

  @EventType("organization.created")
  record OrganizationCreated(OrganizationId id, String name, Organization.Kind kind)
      implements OrganizationEvent {}

  /** What the organization is was put in other words. */
  @EventType("organization.described")
  record OrganizationDescribed(String name, Organization.Kind kind) implements OrganizationEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType("organization.mfa-policy-set")
  record OrganizationMfaPolicySet(boolean required) implements OrganizationEvent {}
}
