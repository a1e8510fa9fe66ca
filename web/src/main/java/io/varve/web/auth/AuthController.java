package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.tenancy.SetUpPlatform;
import io.varve.events.access.Caller;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.session.Session;
import io.varve.events.tenancy.PlatformId;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.Public;
import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Body;
import io.varve.web.http.ETags;
import io.varve.web.http.Ids;
import io.varve.web.http.Written;
import io.varve.web.limit.SignInGuard;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/auth")
final class AuthController {

  private static final int MAX_NAME = 200;
  private static final String PLATFORM_NAME = "Varve";

  private final Accounts accounts;
  private final Callers callers;
  private final Commands commands;
  private final SignInGuard guard;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Vault vault;

  AuthController(
      Accounts accounts,
      Callers callers,
      Commands commands,
      SignInGuard guard,
      Passwords passwords,
      Sessions sessions,
      Vault vault) {
    this.accounts = accounts;
    this.callers = callers;
    this.commands = commands;
    this.guard = guard;
    this.passwords = passwords;
    this.sessions = sessions;
    this.vault = vault;
  }

  record NeedsSetup(boolean needsSetup) {}

  /**
   * The first operator.
   *
   * @param platform what the installation is called; absent for Varve
   */
  record Setup(@Nullable String platform, String name, String email, String password) {}

  record Login(String email, String password) {}

  @Public
  @Says("Tells whether the installation still waits for its first operator")
  @GetMapping("/needs-setup")
  NeedsSetup needsSetup() {
    return new NeedsSetup(accounts.needsSetup());
  }

  @Public
  @Says(value = "Makes the first operator, once", refuses = 409)
  @PostMapping("/setup")
  ResponseEntity<Written> setUp(@Body Setup setup, HttpServletRequest request) {
    check(setup);
    if (!accounts.needsSetup()) {
      throw new AuthRefusal.AlreadySetUp();
    }
    UUID platform = accounts.platform();
    var operator = new UserId(Ids.next());
    Caller caller = callers.operator(platform, operator.value(), request);
    UUID credential = vault.keep(platform, passwords.hash(setup.password()).getBytes(UTF_8));
    boolean made = false;
    try {
      long number =
          commands.send(caller, command(setup, operator, credential), Terms.NONE).number();
      made = true;
      return ResponseEntity.created(URI.create("/api/users/" + operator.value()))
          .eTag(ETags.of(0))
          .header("Varve-Number", Long.toString(number))
          .body(new Written(operator.value(), 0, number));
    } catch (LedgerRefusal.Overtaken | LedgerRefusal.ValueTaken meanwhile) {
      var refusal = new AuthRefusal.AlreadySetUp();
      refusal.initCause(meanwhile);
      throw refusal;
    } finally {
      if (!made) {
        vault.forget(platform, credential);
      }
    }
  }

  @Public
  @Says(value = "Signs in with an e-mail address and a password", refuses = 401)
  @PostMapping("/login")
  ResponseEntity<AccessToken> login(@Body Login login, HttpServletRequest request) {
    SignInGuard.Attempt attempt =
        guard.permit(SignInAccount.of(login.email()), ClientAddress.of(request));
    Optional<User> user = accounts.byEmail(login.email());
    boolean same =
        passwords.matches(login.password(), user.map(accounts::passwordHash).orElse(null));
    if (user.isEmpty() || !same || user.get().status() != User.Status.ACTIVE) {
      guard.failed(attempt);
      throw new AuthRefusal.WrongCredentials();
    }
    int failures = guard.succeeded(attempt);
    return sessions
        .start(user.get(), Session.Method.PASSWORD, null, failures, request)
        .answer(Function.identity());
  }

  @Public
  @Says(
      value = "Gives a new access token for the cookie's refresh token, which works once",
      refuses = {401, 403})
  @PostMapping("/refresh")
  ResponseEntity<AccessToken> refresh(HttpServletRequest request) {
    String token = RefreshCookie.of(request).orElseThrow(AuthRefusal.SessionOver::new);
    return sessions.refresh(token, request).answer(Function.identity());
  }

  @Public
  @Says(value = "Signs out of the session that the cookie's refresh token is of", refuses = 403)
  @PostMapping("/logout")
  ResponseEntity<Void> logout(HttpServletRequest request) {
    RefreshCookie.of(request).ifPresent(token -> sessions.signOut(token, request));
    return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, RefreshCookie.gone()).build();
  }

  private SetUpPlatform command(Setup setup, UserId operator, UUID credential) {
    UUID platform = accounts.platform();
    return new SetUpPlatform(
        new PlatformId(platform),
        Objects.requireNonNullElse(setup.platform(), PLATFORM_NAME),
        operator,
        vault.seal(platform, operator.value(), setup.name()),
        vault.seal(platform, operator.value(), setup.email().strip()),
        EmailAddress.hash(vault, setup.email()),
        credential);
  }

  private static void check(Setup setup) {
    var rules = new Rules();
    if (setup.platform() != null) {
      rules.line("/platform", setup.platform(), MAX_NAME);
    }
    rules.line("/name", setup.name(), MAX_NAME);
    EmailAddress.check(rules, "/email", setup.email());
    Passwords.check(rules, "/password", setup.password(), List.of(setup.name(), setup.email()));
    rules.enforce();
  }
}
