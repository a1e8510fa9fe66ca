package io.varve.web.mfa;

import io.varve.command.LedgerRefusal;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import io.varve.events.session.Factor;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.Needs;
import io.varve.web.access.SignedIn;
import io.varve.web.auth.AccessToken;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Sessions;
import io.varve.web.auth.Standing;
import io.varve.web.auth.UserRights;
import io.varve.web.auth.UserRights.Level;
import io.varve.web.edge.ClientAddress;
import io.varve.web.gate.Gate;
import io.varve.web.http.Body;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One's own second factor. Whoever acts as another has no business here, and neither has a key. */
@RestController
@RequestMapping("/api/auth/mfa")
final class MfaController {

  private static final int MAX_CODE = 40;

  private final SecondFactors secondFactors;
  private final Authenticators authenticators;
  private final Accounts accounts;
  private final Sessions sessions;
  private final UserRights rights;
  private final Gate gate;
  private final Vault vault;

  MfaController(
      SecondFactors secondFactors,
      Authenticators authenticators,
      Accounts accounts,
      Sessions sessions,
      UserRights rights,
      Gate gate,
      Vault vault) {
    this.secondFactors = secondFactors;
    this.authenticators = authenticators;
    this.accounts = accounts;
    this.sessions = sessions;
    this.rights = rights;
    this.gate = gate;
    this.vault = vault;
  }

  /**
   * How one's second factor stands.
   *
   * @param requiredBy who requires one; if nobody does, it can be removed
   * @param recoveryCodes how many are left
   * @param verifiedAt when it was last given in this session; absent if it was not
   */
  record MfaState(
      boolean enrolled, Set<Level> requiredBy, int recoveryCodes, @Nullable Instant verifiedAt) {}

  /**
   * A secret for an authenticator app, shown once.
   *
   * @param secret for typing, in base32
   * @param uri what the QR code says
   * @param qrCode an image, as a data URI
   * @param expires until when its first code is waited for
   */
  record Enrolment(String secret, String uri, String qrCode, Instant expires) {}

  /** The code that an authenticator app shows. */
  record Code(String code) {}

  /** Either the code that an authenticator app shows, or a recovery code. */
  record Proof(@Nullable String code, @Nullable String recoveryCode) {}

  /** Codes that replace the app, each once. They are shown this one time. */
  record Recovery(List<String> recoveryCodes) {}

  /** The second factor is enrolled, and was given with the first code. */
  record Enrolled(List<String> recoveryCodes, AccessToken token) {}

  @Says("Shows how one's second factor stands")
  @SignedIn(beforeSecondFactor = true)
  @GetMapping
  MfaState state(Caller caller, HttpServletRequest request) {
    User user = own(caller);
    return new MfaState(
        user.totp() != null,
        rights.levelsThatRequireSecondFactor(user),
        user.recoveryCodes(),
        Standing.of(request).verifiedAt());
  }

  @Says("Begins to enrol an authenticator app, in the place of one from before")
  @SignedIn(beforeSecondFactor = true)
  @PostMapping("/totp")
  Enrolment begin(Caller caller, HttpServletRequest request) {
    User user = ownToEnrol(caller, request);
    byte[] secret = Totp.newSecret();
    try {
      Instant expires = authenticators.begin(user.home(), user.id().value(), secret);
      String account = vault.open(user.home(), user.email()).orElse("user");
      String uri = Totp.uri(secret, account);
      return new Enrolment(Totp.base32(secret), uri, QrCode.dataUri(uri), expires);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Says(value = "Enrols the app with the first code that it shows", refuses = 409)
  @SignedIn(beforeSecondFactor = true)
  @PostMapping("/totp/confirm")
  ResponseEntity<Enrolled> confirm(@Body Code given, Caller caller, HttpServletRequest request) {
    check("/code", given.code());
    User user = ownToEnrol(caller, request);
    List<String> codes = secondFactors.enrol(caller, user, given.code());
    return sessions
        .verified(own(caller), session(request), Factor.TOTP, request)
        .answer(token -> new Enrolled(codes, token));
  }

  @Says(
      value =
          "Removes one's second factor, unless a policy requires it; all other sessions end, and"
              + " this one goes on under another name",
      refuses = 409)
  @Needs(value = Permission.ACCOUNT_WRITE, fresh = true)
  @PostMapping("/totp/remove")
  ResponseEntity<AccessToken> remove(Caller caller, HttpServletRequest request) {
    User user = own(caller);
    if (!rights.levelsThatRequireSecondFactor(user).isEmpty()) {
      throw new MfaRefusal.StillRequired();
    }
    secondFactors.remove(caller, user);
    return sessions.renew(own(caller), session(request), request).answer(token -> token);
  }

  @Says(value = "Gives one other recovery codes; the ones before are void", refuses = 409)
  @Needs(value = Permission.ACCOUNT_WRITE, fresh = true)
  @PostMapping("/recovery-codes")
  Recovery recoveryCodes(Caller caller) {
    return new Recovery(secondFactors.issueRecoveryCodes(caller, own(caller)));
  }

  @Says(
      value = "Gives the second factor, to get on or to do something dangerous in the next minutes",
      refuses = 409)
  @SignedIn(beforeSecondFactor = true)
  @PostMapping("/verify")
  ResponseEntity<AccessToken> verify(@Body Proof proof, Caller caller, HttpServletRequest request) {
    check(proof);
    User user = own(caller);
    Factor factor = use(caller, user, proof, ClientAddress.of(request));
    return sessions.verified(own(caller), session(request), factor, request).answer(token -> token);
  }

  private Factor use(Caller caller, User user, Proof proof, ClientAddress address) {
    if (proof.code() != null) {
      secondFactors.useCode(user, proof.code(), address);
      return Factor.TOTP;
    }
    String code = Objects.requireNonNull(proof.recoveryCode());
    secondFactors.useRecoveryCode(caller, user, code, address);
    return Factor.RECOVERY_CODE;
  }

  private User own(Caller caller) {
    caller.require(Permission.ACCOUNT_WRITE);
    return accounts
        .find(caller.tenant(), caller.actor().id())
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }

  /** Whoever only knows the password of somebody with an app must not replace that app. */
  private User ownToEnrol(Caller caller, HttpServletRequest request) {
    User user = own(caller);
    if (user.totp() != null) {
      gate.requireFresh(Standing.of(request));
    }
    return user;
  }

  private static UUID session(HttpServletRequest request) {
    return Objects.requireNonNull(Standing.of(request).session());
  }

  private static void check(Proof proof) {
    if (proof.code() != null) {
      check("/code", proof.code());
    }
    if (proof.recoveryCode() != null) {
      check("/recoveryCode", proof.recoveryCode());
    }
    var rules = new Rules();
    rules.hold(
        (proof.code() == null) != (proof.recoveryCode() == null),
        "/code",
        "one-of",
        "is given, or a recovery code is, and not both");
    rules.enforce();
  }

  private static void check(String pointer, String code) {
    var rules = new Rules();
    rules.line(pointer, code, MAX_CODE);
    rules.enforce();
  }
}
