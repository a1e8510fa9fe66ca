package io.varve.events.export;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.export.Export.Bundle;
import io.varve.events.export.Export.Personal;
import io.varve.events.provenance.Actor;
import java.util.UUID;

/** What can happen to an export: the chain of custody of its bundle. */
public sealed interface ExportEvent extends TenantEvent {

  /**
   * A bundle of events was asked for.
   *
   * @param purpose why, in the words of who asked
   */
  @EventType(value = "export.requested", says = "asked for the export {it}")
  record ExportRequested(
      ExportId id, ExportScope scope, String purpose, Personal personal, Actor askedBy)
      implements ExportEvent {}

  /** The bundle is made, and can be fetched. */
  @EventType(value = "export.completed", says = "completed the export {it}")
  record ExportCompleted(Bundle bundle) implements ExportEvent {}

  /**
   * The bundle cannot be made.
   *
   * @param code a stable name of the reason
   */
  @EventType(value = "export.failed", says = "could not make the export {it}")
  record ExportFailed(String code) implements ExportEvent {}

  /** Somebody asked for the bundle no more, before it was made. */
  @EventType(value = "export.cancelled", says = "cancelled the export {it}")
  record ExportCancelled() implements ExportEvent {}

  /**
   * Bytes of the bundle were handed out.
   *
   * @param first of those, from 0
   * @param last of those
   */
  @EventType(value = "export.downloaded", says = "downloaded from the export {it}")
  record ExportDownloaded(Actor by, String sha256, long first, long last) implements ExportEvent {}

  /**
   * A person was erased, and what the bundle told of them was taken out of it.
   *
   * @param subject whose texts are told no more
   */
  @EventType(value = "export.redacted", says = "took what is told of an erased person out of {it}")
  record ExportRedacted(UUID subject, Bundle bundle) implements ExportEvent {}

  /** The bundle was deleted, its time being over. */
  @EventType(value = "export.expired", says = "deleted the bundle of the export {it}")
  record ExportExpired() implements ExportEvent {}
}
