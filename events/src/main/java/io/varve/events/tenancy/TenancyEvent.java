package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to a tenant itself. What happens in it is any other event. */
public sealed interface TenancyEvent extends TenantEvent {

  /** A tenant was created for a customer. It begins active. */
  @EventType("tenant.created")
  record TenantCreated(
      TenantId id, OrganizationId organization, String name, String industry, Tenant.Size size)
      implements TenancyEvent {}

  /** What the customer is was put in other words. */
  @EventType("tenant.described")
  record TenantDescribed(String name, String industry, Tenant.Size size) implements TenancyEvent {}

  /** The customer left. Nothing is written in the tenant any more. */
  @EventType("tenant.retired")
  record TenantRetired() implements TenancyEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType("tenant.mfa-policy-set")
  record TenantMfaPolicySet(boolean required) implements TenancyEvent {}

  /** For how many days the tenant keeps what is no part of its ledger. */
  @EventType("tenant.retention-set")
  record TenantRetentionSet(int exports, int sessions, int idempotency, int sandboxes)
      implements TenancyEvent {}
}
