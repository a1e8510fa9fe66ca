package io.varve.events.session;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.identity.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a session. Never a token nor what the client says of itself; its address is in
 * the provenance.
 */
public sealed interface SessionEvent extends TenantEvent {

  /**
   * A user signed in.
   *
   * @param epoch the user's when that was
   * @param factor the second factor that was given with it, if one was
   * @param verifiedAt when that was, cut to the microsecond
   * @param failuresBefore how often signing in as this user had failed since it last succeeded
   * @param expires when the session ends by itself, cut to the microsecond
   */
  @EventType(value = "session.started", says = "signed in")
  record SessionStarted(
      SessionId id,
      UserId user,
      int epoch,
      Session.Method method,
      @Nullable Factor factor,
      @Nullable Instant verifiedAt,
      int failuresBefore,
      Instant expires)
      implements SessionEvent {
    public SessionStarted {
      verifiedAt = verifiedAt == null ? null : verifiedAt.truncatedTo(ChronoUnit.MICROS);
      expires = expires.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * A second factor was given, for the first time or anew.
   *
   * @param verifiedAt cut to the microsecond
   */
  @EventType(value = "session.verified", says = "gave a second factor")
  record SessionVerified(Factor factor, Instant verifiedAt) implements SessionEvent {
    public SessionVerified {
      verifiedAt = verifiedAt.truncatedTo(ChronoUnit.MICROS);
    }
  }

  @EventType(value = "session.ended", says = "ended a session of the user {it}")
  record SessionEnded(Session.Ending reason) implements SessionEvent {}
}
