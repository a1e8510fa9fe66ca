package io.varve.web.auth;

import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.User;
import io.varve.events.provenance.Actor;
import io.varve.events.session.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What a verified access token is still worth: as the ledger had it at most two seconds ago, so
 * that a disabled user, an ended session and a changed role bite everywhere within moments. What
 * was remembered never says no: before a token is refused, the ledger is asked anew.
 */
final class Standings {

  private final Recent recent;
  private final UserRights rights;
  private final Clock clock;

  Standings(Recent recent, UserRights rights, Clock clock) {
    this.recent = recent;
    this.rights = rights;
    this.clock = clock;
  }

  /**
   * @throws AuthRefusal.SessionOver if the session, the user or the impersonation has ended
   * @throws AuthRefusal.TokenOutdated if its bearer may do other things by now
   */
  Standing of(Claims claims) {
    try {
      return worth(claims);
    } catch (AuthRefusal remembered) {
      forget(claims);
      return worth(claims);
    }
  }

  private Standing worth(Claims claims) {
    Claims.By by = claims.by();
    User signedIn =
        by == null ? active(claims.home(), claims.user()) : active(by.home(), by.admin());
    Session session = open(signedIn, claims);
    User actor = by == null ? signedIn : impersonated(claims, by);
    UserRights.Granted granted = by == null ? rights.of(actor) : rights.ofImpersonator(actor);
    if (!granted.version().equals(claims.permissionsVersion())) {
      throw new AuthRefusal.TokenOutdated();
    }
    return new Standing(
        actor.home(),
        actor.role().scope(),
        Actor.user(actor.id().value()),
        by == null ? null : Actor.user(by.admin()),
        by == null ? null : new ImpersonationId(by.impersonation()),
        signedIn.id().value(),
        granted.permissions(),
        claims.session(),
        session.verifiedAt(),
        session.verifiedAt() == null && rights.requireSecondFactor(signedIn));
  }

  private User active(UUID home, UUID id) {
    return recent
        .find(User.STREAM, home, id)
        .filter(user -> user.status() == User.Status.ACTIVE)
        .orElseThrow(AuthRefusal.SessionOver::new);
  }

  /** The session that a token belongs to, in no older state than the token has seen. */
  private Session open(User user, Claims claims) {
    return recent
        .find(Session.STREAM, user.home(), claims.session())
        .filter(session -> session.isOpen(user, clock.instant()))
        .filter(session -> !isBefore(session, claims))
        .orElseThrow(AuthRefusal.SessionOver::new);
  }

  private static boolean isBefore(Session session, Claims claims) {
    Instant seen = claims.verifiedAt();
    Instant known = session.verifiedAt();
    return seen != null && (known == null || known.truncatedTo(ChronoUnit.SECONDS).isBefore(seen));
  }

  private User impersonated(Claims claims, Claims.By by) {
    boolean lasts =
        recent
            .find(Impersonation.STREAM, claims.home(), by.impersonation())
            .filter(acting -> acting.lasts(clock.instant()))
            .filter(acting -> acting.admin().value().equals(by.admin()))
            .filter(acting -> acting.session().value().equals(claims.session()))
            .filter(acting -> acting.user().value().equals(claims.user()))
            .isPresent();
    if (!lasts) {
      throw new AuthRefusal.SessionOver();
    }
    return active(claims.home(), claims.user());
  }

  private void forget(Claims claims) {
    recent.find(User.STREAM, claims.home(), claims.user()).ifPresent(rights::forget);
    recent.forget(claims.home(), claims.user());
    Claims.By by = claims.by();
    recent.forget(by == null ? claims.home() : by.home(), claims.session());
    if (by != null) {
      recent.forget(by.home(), by.admin());
      recent.forget(claims.home(), by.impersonation());
    }
  }
}
