package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to the platform. */
public sealed interface PlatformEvent extends TenantEvent {

  /** The installation was taken into use. This happens once. */
  @EventType("platform.set-up")
  record PlatformSetUp(PlatformId id, String name) implements PlatformEvent {}

  @EventType("platform.renamed")
  record PlatformRenamed(String name) implements PlatformEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType("platform.mfa-policy-set")
  record PlatformMfaPolicySet(boolean required) implements PlatformEvent {}

  /** A key of the installation has a new version, which this installation now uses. */
  @EventType("platform.key-rotated")
  record PlatformKeyRotated(KeyRing ring, int version) implements PlatformEvent {}
}
