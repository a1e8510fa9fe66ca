package io.varve.events.session;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.session.SessionEvent.SessionEnded;
import io.varve.events.session.SessionEvent.SessionStarted;
import io.varve.events.session.SessionEvent.SessionVerified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in of one user, in the ledger of the user's home.
 *
 * @param epoch the user's when it started; the session is over once the user has another
 * @param factor the second factor that was given last; null if none was
 * @param verifiedAt when that was; null if none was
 * @param failuresBefore how often signing in as this user had failed since it last succeeded
 * @param expires when the session ends by itself, whether or not that is noted
 * @param reason why it ended; null while it is open
 */
public record Session(
    SessionId id,
    UserId user,
    int epoch,
    Method method,
    @Nullable Factor factor,
    @Nullable Instant verifiedAt,
    int failuresBefore,
    Instant expires,
    Status status,
    @Nullable Ending reason)
    implements State {

  public static final StreamDefinition<Session, SessionEvent> STREAM =
      new StreamDefinition<>("session", Session.class, SessionEvent.class, Session::evolve);

  /** How a user signed in. */
  public enum Method {
    PASSWORD,
    /** An identity provider vouched for the user. */
    PROVIDER
  }

  /** Whether the session was ended. One that has only expired is still open here. */
  public enum Status {
    OPEN,
    ENDED
  }

  /** Why a session ended. */
  public enum Ending {
    SIGNED_OUT,
    /** A refresh token came twice, so one of the two who had it had stolen it. */
    TOKEN_REUSED
  }

  static Session evolve(@Nullable Session session, SessionEvent event) {
    if (event instanceof SessionStarted e) {
      return new Session(
          e.id(),
          e.user(),
          e.epoch(),
          e.method(),
          e.factor(),
          e.verifiedAt(),
          e.failuresBefore(),
          e.expires(),
          Status.OPEN,
          null);
    }
    Session was = requireNonNull(session);
    return switch (event) {
      case SessionStarted e -> throw new IllegalStateException("a session starts once");
      case SessionVerified e -> was.verified(e.factor(), e.verifiedAt());
      case SessionEnded e -> was.ended(e.reason());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .range("/failuresBefore", failuresBefore, 0, Integer.MAX_VALUE)
        .hold(
            (factor == null) == (verifiedAt == null),
            "/verifiedAt",
            "mismatch",
            "comes with a factor, and a factor with it");
  }

  /** Whether the user is still signed in by this. */
  public boolean isOpen(User user, Instant now) {
    return status == Status.OPEN && epoch == user.epoch() && now.isBefore(expires);
  }

  private Session verified(Factor factor, Instant verifiedAt) {
    return new Session(
        id, user, epoch, method, factor, verifiedAt, failuresBefore, expires, status, reason);
  }

  private Session ended(Ending reason) {
    return new Session(
        id, user, epoch, method, factor, verifiedAt, failuresBefore, expires, Status.ENDED, reason);
  }
}
