package io.varve.events.identity;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.session.SessionId;
import java.time.Instant;
import java.util.UUID;

/** What can happen to an impersonation. It is in the ledger of the user's tenant. */
public sealed interface ImpersonationEvent extends TenantEvent {

  /**
   * An administrator acts as a user from now on.
   *
   * @param adminHome the platform or organization that the administrator belongs to
   * @param session of the administrator, with which it ends at the latest
   * @param reason in the administrator's words
   * @param until when it is over, unless it is ended before
   */
  @EventType(value = "impersonation.started", says = "began to act as the user {it}")
  record ImpersonationStarted(
      ImpersonationId id,
      UserId admin,
      UUID adminHome,
      SessionId session,
      UserId user,
      String reason,
      Instant until)
      implements ImpersonationEvent {}

  /** It was ended before its time. */
  @EventType(value = "impersonation.ended", says = "ended the acting as the user {it}")
  record ImpersonationEnded() implements ImpersonationEvent {}
}
