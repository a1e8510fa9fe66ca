package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to a tenant itself. What happens in it is any other event. */
public sealed interface TenancyEvent extends TenantEvent {

  /** A tenant was created for a customer. It begins active. */
  @EventType(value = "tenant.created", says = "created the tenant {it}")
  record TenantCreated(
      TenantId id, OrganizationId organization, String name, String industry, Tenant.Size size)
      implements TenancyEvent {}

  /** What the customer is was put in other words. */
  @EventType(value = "tenant.described", says = "described the tenant {it} in other words")
  record TenantDescribed(String name, String industry, Tenant.Size size) implements TenancyEvent {}

  /** The customer left. Nothing is written in the tenant any more. */
  @EventType(value = "tenant.retired", says = "retired the tenant {it}")
  record TenantRetired() implements TenancyEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType(
      value = "tenant.mfa-policy-set",
      says = "changed whether users of the tenant {it} must have a second factor")
  record TenantMfaPolicySet(boolean required) implements TenancyEvent {}

  /** For how many days the tenant keeps what is no part of its ledger. */
  @EventType(
      value = "tenant.retention-set",
      says = "set how long the tenant {it} keeps what is not the ledger")
  record TenantRetentionSet(int exports, int sessions, int idempotency, int sandboxes)
      implements TenancyEvent {}
}
