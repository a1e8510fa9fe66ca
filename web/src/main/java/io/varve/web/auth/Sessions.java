package io.varve.web.auth;

import io.varve.command.Command;
import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.session.EndSession;
import io.varve.command.session.StartSession;
import io.varve.command.session.VerifySession;
import io.varve.events.access.Caller;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.User;
import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.Tenant;
import io.varve.web.auth.RefreshTokens.Family;
import io.varve.web.http.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * Signing in, staying so, and signing out. A session is a stream of its user's home; its tokens are
 * not in the ledger.
 */
public final class Sessions {

  private final Accounts accounts;
  private final Callers callers;
  private final Commands commands;
  private final RefreshTokens refreshTokens;
  private final Recent recent;
  private final UserRights rights;
  private final Tokens tokens;
  private final Clock clock;

  /** What a second factor is still needed for. */
  public enum SecondFactor {
    /** Nothing: none is required, or it was given. */
    SETTLED,
    /** Its code has to be given. */
    CODE_REQUIRED,
    /** One is required, and the user has none yet. */
    ENROLMENT_REQUIRED
  }

  /**
   * What a client has who is signed in.
   *
   * @param refresh the token for the cookie, and how long it is good for
   */
  public record SignedIn(
      Tokens.Issued access, String refresh, Duration refreshLife, SecondFactor secondFactor) {

    /**
     * The answer to whoever has signed in: the refresh token in a cookie, the rest in the body.
     *
     * @param body made of the access token
     */
    public <T> ResponseEntity<T> answer(Function<AccessToken, T> body) {
      return ResponseEntity.ok()
          .header(HttpHeaders.SET_COOKIE, RefreshCookie.holding(refresh, refreshLife))
          .cacheControl(CacheControl.noStore())
          .body(
              body.apply(
                  new AccessToken(
                      access.value(), "Bearer", access.lifetime().toSeconds(), secondFactor)));
    }
  }

  Sessions(
      Accounts accounts,
      Callers callers,
      Commands commands,
      RefreshTokens refreshTokens,
      Recent recent,
      UserRights rights,
      Tokens tokens,
      Clock clock) {
    this.accounts = accounts;
    this.callers = callers;
    this.commands = commands;
    this.refreshTokens = refreshTokens;
    this.recent = recent;
    this.rights = rights;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Signs a user in.
   *
   * @param factor the second factor that came with it, if one did
   * @param failuresBefore how often signing in had failed since it last succeeded
   */
  SignedIn start(
      User user,
      Session.Method method,
      @Nullable Factor factor,
      int failuresBefore,
      HttpServletRequest request) {
    Instant verifiedAt = factor == null ? null : clock.instant();
    return begin(user, method, factor, verifiedAt, failuresBefore, request);
  }

  /** How long that is, the tenant says; elsewhere it is as in a tenant that says nothing. */
  private Duration lifetime(User user) {
    Retention retention =
        recent
            .find(Tenant.STREAM, user.home(), user.home())
            .map(Tenant::retention)
            .orElse(Retention.DEFAULT);
    return Duration.ofDays(retention.sessions());
  }

  private SignedIn begin(
      User user,
      Session.Method method,
      @Nullable Factor factor,
      @Nullable Instant verifiedAt,
      int failuresBefore,
      HttpServletRequest request) {
    var id = new SessionId(Ids.next());
    note(
        user,
        request,
        new StartSession(
            id,
            user.id(),
            user.epoch(),
            method,
            factor,
            verifiedAt,
            failuresBefore,
            clock.instant().plus(lifetime(user))));
    return answer(user, session(user, id.value()));
  }

  /**
   * Signs a user in whose browser is on its way to a page, and keeps nothing but the cookie.
   *
   * @param verifiedAt when whoever vouches for the user asked for a second factor; null if not
   * @return the value of {@code Set-Cookie}
   */
  public String startInBrowser(
      User user, Session.Method method, @Nullable Instant verifiedAt, HttpServletRequest request) {
    Factor factor = verifiedAt == null ? null : Factor.PROVIDER;
    SignedIn signedIn = begin(user, method, factor, verifiedAt, 0, request);
    return RefreshCookie.holding(signedIn.refresh(), signedIn.refreshLife());
  }

  /**
   * Gives a new access token and a new refresh token for a refresh token, once.
   *
   * @throws AuthRefusal.SessionOver if the token or its session is no good any more; the whole
   *     session ends if the token had been used before
   */
  SignedIn refresh(String token, HttpServletRequest request) {
    return switch (refreshTokens.use(token)) {
      case RefreshTokens.Used used -> {
        User user = user(used.family(), used.user());
        yield answer(user, session(user, used.family().session()));
      }
      case RefreshTokens.Reused reused -> {
        User user = user(reused.family(), reused.user());
        end(user, reused.family().session(), Session.Ending.TOKEN_REUSED, request);
        throw new AuthRefusal.SessionOver();
      }
      case RefreshTokens.Unknown _ -> throw new AuthRefusal.SessionOver();
    };
  }

  /** Ends the session that a refresh token belongs to, if it belongs to one. */
  void signOut(String token, HttpServletRequest request) {
    refreshTokens
        .find(token)
        .ifPresent(
            known ->
                accounts
                    .find(known.family().home(), known.user())
                    .ifPresent(
                        user ->
                            end(
                                user,
                                known.family().session(),
                                Session.Ending.SIGNED_OUT,
                                request)));
  }

  /** Ends a session of a user; one that has ended stays as it is. */
  void end(User user, UUID session, Session.Ending reason, HttpServletRequest request) {
    note(user, request, new EndSession(new SessionId(session), reason));
    recent.forget(user.home(), session);
  }

  /**
   * Starts a session in the place of one that a change of the user's credentials has ended. It
   * keeps the second factor that was given there, if the user still has one.
   */
  public SignedIn renew(User user, UUID ended, HttpServletRequest request) {
    Session before = session(user, ended);
    boolean keeps = user.totp() != null || before.factor() == Factor.PROVIDER;
    return begin(
        user,
        before.method(),
        keeps ? before.factor() : null,
        keeps ? before.verifiedAt() : null,
        0,
        request);
  }

  /** Notes that the second factor was given. */
  public void verify(User user, UUID session, Factor factor, HttpServletRequest request) {
    note(user, request, new VerifySession(new SessionId(session), factor));
    recent.forget(user.home(), session);
  }

  /** Notes that the second factor was given, and answers with tokens that say so. */
  public SignedIn verified(User user, UUID session, Factor factor, HttpServletRequest request) {
    verify(user, session, factor, request);
    return answer(user, session(user, session));
  }

  /**
   * A token for the administrator of an impersonation, who acts as a user until that ends.
   *
   * @param user who is impersonated
   */
  public AccessToken actingAs(User user, Impersonation impersonation) {
    rights.forget(user);
    UUID adminHome = impersonation.adminHome();
    Session session =
        recent
            .find(Session.STREAM, adminHome, impersonation.session().value())
            .orElseThrow(AuthRefusal.SessionOver::new);
    var by = new Claims.By(adminHome, impersonation.admin().value(), impersonation.id().value());
    var claims =
        new Claims(
            user.home(),
            user.id().value(),
            session.id().value(),
            rights.ofImpersonator(user).version(),
            verifiedAt(session),
            by);
    Tokens.Issued access = tokens.issue(claims, user.role(), impersonation.until());
    return new AccessToken(
        access.value(), "Bearer", access.lifetime().toSeconds(), SecondFactor.SETTLED);
  }

  private SignedIn answer(User user, Session session) {
    if (!session.isOpen(user, clock.instant())) {
      throw new AuthRefusal.SessionOver();
    }
    var family = new Family(user.home(), session.id().value());
    String refresh = refreshTokens.next(family, user.id().value(), session.expires());
    recent.forget(user.home(), user.id().value());
    rights.forget(user);
    var claims =
        new Claims(
            user.home(),
            user.id().value(),
            session.id().value(),
            rights.of(user).version(),
            verifiedAt(session),
            null);
    return new SignedIn(
        tokens.issue(claims, user.role(), session.expires()),
        refresh,
        Duration.between(clock.instant().truncatedTo(ChronoUnit.SECONDS), session.expires()),
        secondFactor(user, session));
  }

  private static @Nullable Instant verifiedAt(Session session) {
    Instant at = session.verifiedAt();
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
  }

  private SecondFactor secondFactor(User user, Session session) {
    if (session.verifiedAt() != null || !rights.requireSecondFactor(user)) {
      return SecondFactor.SETTLED;
    }
    return user.totp() == null ? SecondFactor.ENROLMENT_REQUIRED : SecondFactor.CODE_REQUIRED;
  }

  private User user(Family family, UUID id) {
    return accounts
        .find(family.home(), id)
        .filter(user -> user.status() == User.Status.ACTIVE)
        .orElseThrow(AuthRefusal.SessionOver::new);
  }

  private Session session(User user, UUID id) {
    recent.forget(user.home(), id);
    return recent.find(Session.STREAM, user.home(), id).orElseThrow(AuthRefusal.SessionOver::new);
  }

  private void note(User user, HttpServletRequest request, Command command) {
    Caller caller = callers.noting(user.home(), user.id().value(), request);
    commands.send(caller, command, Terms.NONE);
  }
}
