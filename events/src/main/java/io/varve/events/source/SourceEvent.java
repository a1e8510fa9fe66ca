package io.varve.events.source;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.vendor.VendorId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to a source. */
public sealed interface SourceEvent extends TenantEvent {

  /** A source was set up. It begins active and without a credential. */
  @EventType(value = "source.registered", says = "registered the source {it}")
  record SourceRegistered(
      SourceId id,
      String name,
      Source.Kind kind,
      @Nullable VendorId vendor,
      @Nullable String endpoint,
      Source.Auth auth,
      Schedule schedule,
      Config config)
      implements SourceEvent {}

  /** The source got another name, or is run by another vendor. */
  @EventType(value = "source.described", says = "described the source {it} in other words")
  record SourceDescribed(String name, @Nullable VendorId vendor) implements SourceEvent {}

  /** Where values are fetched, how one signs in there, or the settings, were changed. */
  @EventType(value = "source.configured", says = "configured the source {it}")
  record SourceConfigured(@Nullable String endpoint, Source.Auth auth, Config config)
      implements SourceEvent {}

  /**
   * The secret for the endpoint was put into the vault, or taken away.
   *
   * @param credential where the vault keeps it: a new id for each secret; null for none
   */
  @EventType(value = "source.credential-set", says = "changed the credential of the source {it}")
  record SourceCredentialSet(@Nullable UUID credential) implements SourceEvent {}

  @EventType(value = "source.rescheduled", says = "rescheduled the source {it}")
  record SourceRescheduled(Schedule schedule) implements SourceEvent {}

  @EventType(value = "source.paused", says = "paused the source {it}")
  record SourcePaused() implements SourceEvent {}

  @EventType(value = "source.resumed", says = "resumed the source {it}")
  record SourceResumed() implements SourceEvent {}
}
