package io.varve.events.identity;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.identity.ImpersonationEvent.ImpersonationEnded;
import io.varve.events.identity.ImpersonationEvent.ImpersonationStarted;
import io.varve.events.rule.Rules;
import io.varve.events.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An administrator who acts as a user of a tenant.
 *
 * @param adminHome the platform or organization that the administrator belongs to
 * @param session of the administrator, with which it ends at the latest
 * @param reason in the administrator's words
 * @param until when it is over, unless it was ended before
 */
public record Impersonation(
    ImpersonationId id,
    UserId admin,
    UUID adminHome,
    SessionId session,
    UserId user,
    String reason,
    Instant until,
    Status status)
    implements State {

  public static final StreamDefinition<Impersonation, ImpersonationEvent> STREAM =
      new StreamDefinition<>(
          "impersonation", Impersonation.class, ImpersonationEvent.class, Impersonation::evolve);

  public static final int MAX_REASON = 500;
  public static final Duration LONGEST = Duration.ofMinutes(60);

  /** Whether it was ended before its time. */
  public enum Status {
    STARTED,
    ENDED
  }

  static Impersonation evolve(@Nullable Impersonation impersonation, ImpersonationEvent event) {
    return switch (event) {
      case ImpersonationStarted e ->
          new Impersonation(
              e.id(),
              e.admin(),
              e.adminHome(),
              e.session(),
              e.user(),
              e.reason(),
              e.until(),
              Status.STARTED);
      case ImpersonationEnded e -> requireNonNull(impersonation).ended();
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/reason", reason, MAX_REASON);
  }

  /** Whether it has neither been ended nor come to its end. */
  public boolean lasts(Instant now) {
    return status == Status.STARTED && now.isBefore(until);
  }

  private Impersonation ended() {
    return new Impersonation(id, admin, adminHome, session, user, reason, until, Status.ENDED);
  }
}
