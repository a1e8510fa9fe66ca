package io.varve.web.impersonation;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.identity.ImpersonationRefusal;
import io.varve.command.identity.StartImpersonation;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.session.Factor;
import io.varve.events.session.SessionId;
import io.varve.web.access.Needs;
import io.varve.web.auth.AccessToken;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Sessions;
import io.varve.web.auth.Standing;
import io.varve.web.edge.ClientAddress;
import io.varve.web.gate.GateRefusal;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.mfa.SecondFactors;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How an administrator comes to act as a user of a tenant: with a reason and a second factor that
 * is given with the request, for a time that is said before.
 */
@RestController
@RequestMapping("/api/tenants/{home}/impersonations")
final class ImpersonatorController {

  private static final int MAX_CODE = 20;

  private final Accounts accounts;
  private final Sessions sessions;
  private final SecondFactors secondFactors;
  private final Commands commands;
  private final Clock clock;

  ImpersonatorController(
      Accounts accounts,
      Sessions sessions,
      SecondFactors secondFactors,
      Commands commands,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.secondFactors = secondFactors;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * A wish to act as somebody.
   *
   * @param code that the administrator's authenticator app shows
   * @param minutes for how long, at most 60
   */
  record NewImpersonation(UserId user, String reason, String code, int minutes) {}

  /**
   * An impersonation that lasts.
   *
   * @param token with which its bearer is the user; there is another as long as it lasts
   */
  record Impersonating(ImpersonationId id, AccessToken token, Instant until) {}

  @Says(
      value = "Lets one act as a user of the tenant, for a while and with a reason",
      refuses = 409)
  @Needs(Permission.IMPERSONATION_WRITE)
  @PostMapping
  ResponseEntity<Impersonating> start(
      @Body NewImpersonation wanted, Caller caller, HttpServletRequest request) {
    check(wanted);
    Standing standing = Standing.of(request);
    SessionId session = session(standing);
    giveSecondFactor(standing, session, wanted.code(), request);
    var id = new ImpersonationId(Ids.next());
    Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(time(wanted));
    commands.send(
        caller,
        new StartImpersonation(id, standing.home(), session, wanted.user(), wanted.reason(), until),
        Terms.NONE);
    return token(caller, id, session);
  }

  @Says(
      value = "Gives another token for an impersonation that one started in the same session",
      refuses = 409)
  @Needs(Permission.IMPERSONATION_WRITE)
  @PostMapping("/{id}/token")
  ResponseEntity<Impersonating> token(
      @PathVariable UUID id, Caller caller, HttpServletRequest request) {
    return token(caller, new ImpersonationId(id), session(Standing.of(request)));
  }

  private ResponseEntity<Impersonating> token(
      Caller caller, ImpersonationId id, SessionId session) {
    UUID home = caller.tenant();
    Impersonation impersonation =
        accounts
            .impersonation(home, id)
            .filter(started -> started.session().equals(session))
            .orElseThrow(LedgerRefusal.NoSuchStream::new);
    User user =
        accounts
            .find(home, impersonation.user().value())
            .filter(found -> found.status() == User.Status.ACTIVE)
            .orElseThrow(ImpersonationRefusal.ImpersonationIsOver::new);
    if (!impersonation.lasts(clock.instant())) {
      throw new ImpersonationRefusal.ImpersonationIsOver();
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Impersonating(id, sessions.actingAs(user, impersonation), impersonation.until()));
  }

  private void giveSecondFactor(
      Standing standing, SessionId session, String code, HttpServletRequest request) {
    User admin =
        accounts
            .find(standing.home(), standing.actor().id())
            .filter(found -> found.totp() != null)
            .orElseThrow(GateRefusal.SecondFactorRequired::new);
    secondFactors.useCode(admin, code, ClientAddress.of(request));
    sessions.verify(admin, session.value(), Factor.TOTP, request);
  }

  private static SessionId session(Standing standing) {
    return new SessionId(Objects.requireNonNull(standing.session()));
  }

  private static Duration time(NewImpersonation wanted) {
    return Duration.ofMinutes(wanted.minutes());
  }

  private static void check(NewImpersonation wanted) {
    new Rules()
        .line("/reason", wanted.reason(), Impersonation.MAX_REASON)
        .line("/code", wanted.code(), MAX_CODE)
        .range("/minutes", wanted.minutes(), 1, Impersonation.LONGEST.toMinutes())
        .enforce();
  }
}
