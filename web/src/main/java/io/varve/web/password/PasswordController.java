package io.varve.web.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.identity.SetOwnPassword;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.Needs;
import io.varve.web.access.Public;
import io.varve.web.auth.AccessToken;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Callers;
import io.varve.web.auth.EmailAddress;
import io.varve.web.auth.OpaqueToken;
import io.varve.web.auth.Passwords;
import io.varve.web.auth.Sessions;
import io.varve.web.auth.SignInAccount;
import io.varve.web.auth.Standing;
import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Body;
import io.varve.web.limit.SignInGuard;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Setting one's own password. */
@RestController
@RequestMapping("/api/auth/password")
final class PasswordController {

  private static final int MAX_TOKEN = 200;

  private final Accounts accounts;
  private final Callers callers;
  private final Commands commands;
  private final Links links;
  private final PasswordLinks passwordLinks;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SignInGuard guard;
  private final Vault vault;

  PasswordController(
      Accounts accounts,
      Callers callers,
      Commands commands,
      Links links,
      PasswordLinks passwordLinks,
      Passwords passwords,
      Sessions sessions,
      SignInGuard guard,
      Vault vault) {
    this.accounts = accounts;
    this.callers = callers;
    this.commands = commands;
    this.links = links;
    this.passwordLinks = passwordLinks;
    this.passwords = passwords;
    this.sessions = sessions;
    this.guard = guard;
    this.vault = vault;
  }

  /**
   * Another password.
   *
   * @param current the one that it replaces
   */
  record Change(String current, String password) {}

  record Forgotten(String email) {}

  /** What a link that was sent is good for. */
  record LinkedPassword(String token, String password) {}

  @Says("Changes one's own password; all other sessions end, and this one goes on as a new one")
  @Needs(Permission.ACCOUNT_WRITE)
  @PutMapping
  ResponseEntity<AccessToken> change(
      @Body Change change, Caller caller, HttpServletRequest request) {
    User user = own(caller);
    check(user, change.password());
    SignInGuard.Attempt attempt = guard.permit(SignInAccount.of(user), ClientAddress.of(request));
    if (!passwords.matches(change.current(), accounts.passwordHash(user))) {
      guard.failed(attempt);
      throw new PasswordRefusal.WrongPassword();
    }
    guard.succeeded(attempt);
    set(caller, user, keep(user, change.password()));
    UUID session = Objects.requireNonNull(Standing.of(request).session());
    return sessions.renew(own(caller), session, request).answer(token -> token);
  }

  @Public
  @Says(
      value = "Has a link to set a password sent to an address, if somebody signs in with it",
      answers = 202)
  @PostMapping("/forgot")
  ResponseEntity<Void> forgot(@Body Forgotten forgotten, HttpServletRequest request) {
    var rules = new Rules();
    EmailAddress.check(rules, "/email", forgotten.email());
    rules.enforce();
    passwordLinks.forgot(forgotten.email(), callers.circumstances(request));
    return ResponseEntity.accepted().build();
  }

  @Public
  @Says(value = "Sets a password by a link that was sent, once", answers = 204, refuses = 409)
  @PostMapping("/set")
  ResponseEntity<Void> set(@Body LinkedPassword given, HttpServletRequest request) {
    var rules = new Rules();
    rules.line("/token", given.token(), MAX_TOKEN);
    Passwords.check(rules, "/password", given.password(), List.of());
    rules.enforce();
    OpaqueToken link = links.find(given.token()).orElseThrow(PasswordRefusal.LinkUnusable::new);
    User user =
        accounts
            .find(link.home(), link.id())
            .filter(u -> u.status() == User.Status.ACTIVE)
            .orElseThrow(PasswordRefusal.LinkUnusable::new);
    check(user, given.password());
    UUID credential = keep(user, given.password());
    if (!links.use(link)) {
      vault.forget(user.home(), credential);
      throw new PasswordRefusal.LinkUnusable();
    }
    set(callers.owner(user.home(), user.id().value(), request), user, credential);
    return ResponseEntity.noContent().build();
  }

  private UUID keep(User user, String password) {
    return vault.keep(user.home(), passwords.hash(password).getBytes(UTF_8));
  }

  private void set(Caller caller, User user, UUID credential) {
    boolean set = false;
    try {
      commands.send(caller, new SetOwnPassword(user.id(), credential), Terms.NONE);
      set = true;
    } finally {
      if (!set) {
        vault.forget(user.home(), credential);
      }
    }
  }

  private void check(User user, String password) {
    List<String> own =
        Stream.of(user.name(), user.email())
            .flatMap(text -> vault.open(user.home(), text).stream())
            .toList();
    var rules = new Rules();
    Passwords.check(rules, "/password", password, own);
    rules.enforce();
  }

  private User own(Caller caller) {
    return accounts
        .find(caller.tenant(), caller.actor().id())
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }
}
