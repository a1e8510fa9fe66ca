package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to an organization. */
public sealed interface OrganizationEvent extends TenantEvent {

  @EventType(value = "organization.created", says = "created the organization {it}")
  record OrganizationCreated(OrganizationId id, String name, Organization.Kind kind)
      implements OrganizationEvent {}

  /** What the organization is was put in other words. */
  @EventType(
      value = "organization.described",
      says = "described the organization {it} in other words")
  record OrganizationDescribed(String name, Organization.Kind kind) implements OrganizationEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType(
      value = "organization.mfa-policy-set",
      says = "changed whether users of the organization {it} must have a second factor")
  record OrganizationMfaPolicySet(boolean required) implements OrganizationEvent {}
}
