package io.varve.web.session;

import io.varve.events.identity.User;
import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of one's own sessions.
 *
 * @param factor the second factor that was given last; absent if none was
 * @param open whether one is still signed in by it
 * @param current whether this request belongs to it
 * @param reason why it ended, where that was noted
 */
record SessionView(
    SessionId id,
    long version,
    Instant started,
    Session.Method method,
    @Nullable Factor factor,
    @Nullable Instant verifiedAt,
    Instant expires,
    boolean open,
    boolean current,
    Session.@Nullable Ending reason)
    implements Versioned {

  static SessionView of(
      Document<Session> document, User user, @Nullable UUID current, Instant now) {
    Session session = document.state();
    return new SessionView(
        session.id(),
        document.sequence(),
        document.created(),
        session.method(),
        session.factor(),
        session.verifiedAt(),
        session.expires(),
        session.isOpen(user, now),
        session.id().value().equals(current),
        session.reason());
  }
}
