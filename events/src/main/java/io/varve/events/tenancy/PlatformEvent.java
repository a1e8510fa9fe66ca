package io.varve.events.tenancy;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;

/** What can happen to the platform. */
public sealed interface PlatformEvent extends TenantEvent {

  /** The installation was taken into use. This happens once. */
  @EventType(value = "platform.set-up", says = "set up the platform {it}")
  record PlatformSetUp(PlatformId id, String name) implements PlatformEvent {}

  @EventType(value = "platform.renamed", says = "renamed the platform {it}")
  record PlatformRenamed(String name) implements PlatformEvent {}

  /** Whether everybody who belongs here must have a second factor. */
  @EventType(
      value = "platform.mfa-policy-set",
      says = "changed whether operators of the platform {it} must have a second factor")
  record PlatformMfaPolicySet(boolean required) implements PlatformEvent {}

  /** A key of the installation has a new version, which this installation now uses. */
  @EventType(value = "platform.key-rotated", says = "rotated a key of the platform {it}")
  record PlatformKeyRotated(KeyRing ring, int version) implements PlatformEvent {}
}
