package io.varve.web.mfa;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.identity.EnrolTotp;
import io.varve.command.identity.IssueRecoveryCodes;
import io.varve.command.identity.RemoveTotp;
import io.varve.command.identity.UseRecoveryCode;
import io.varve.events.access.Caller;
import io.varve.events.identity.User;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.SignInAccount;
import io.varve.web.edge.ClientAddress;
import io.varve.web.limit.SignInGuard;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's second factor, from its enrolment to its removal. */
public final class SecondFactors {

  private final Authenticators authenticators;
  private final RecoveryCodes recoveryCodes;
  private final SignInGuard guard;
  private final Commands commands;
  private final Vault vault;

  SecondFactors(
      Authenticators authenticators,
      RecoveryCodes recoveryCodes,
      SignInGuard guard,
      Commands commands,
      Vault vault) {
    this.authenticators = authenticators;
    this.recoveryCodes = recoveryCodes;
    this.guard = guard;
    this.commands = commands;
    this.vault = vault;
  }

  /**
   * Enrols the secret that waits for its first code.
   *
   * @return recovery codes, which nobody can read again
   */
  List<String> enrol(Caller caller, User user, String code) {
    UUID home = user.home();
    UUID totp =
        authenticators
            .pending(home, user.id().value())
            .orElseThrow(MfaRefusal.NothingToConfirm::new);
    OptionalLong step = authenticators.stepOf(home, totp, code);
    if (step.isEmpty()) {
      throw new MfaRefusal.WrongCode();
    }
    if (!authenticators.take(home, user.id().value(), totp)) {
      throw new MfaRefusal.NothingToConfirm();
    }
    boolean enrolled = false;
    try {
      authenticators.use(home, totp, step.getAsLong());
      commands.send(caller, new EnrolTotp(user.id(), totp), Terms.NONE);
      enrolled = true;
    } finally {
      forget(home, enrolled ? user.totp() : totp);
    }
    return issueRecoveryCodes(caller, user);
  }

  /** Gives a user other recovery codes. */
  List<String> issueRecoveryCodes(Caller caller, User user) {
    commands.send(caller, new IssueRecoveryCodes(user.id(), RecoveryCodes.COUNT), Terms.NONE);
    return recoveryCodes.issue(user.home(), user.id().value());
  }

  void remove(Caller caller, User user) {
    commands.send(caller, new RemoveTotp(user.id()), Terms.NONE);
    clear(user);
  }

  /** Destroys what is left of a second factor that a user has no more. */
  void clear(User was) {
    forget(was.home(), was.totp());
    recoveryCodes.withdraw(was.home(), was.id().value());
  }

  /**
   * Uses up a code that the user's device shows.
   *
   * @throws MfaRefusal.WrongCode if it is none, or was used before; only the former counts as a
   *     failure, for whoever has seen a code guesses nothing by repeating it
   */
  public void useCode(User user, String code, ClientAddress address) {
    UUID home = user.home();
    UUID totp = user.totp();
    if (totp == null) {
      throw new MfaRefusal.NotEnrolled();
    }
    SignInGuard.Attempt attempt = permit(user, address);
    OptionalLong step = authenticators.stepOf(home, totp, code);
    if (step.isEmpty()) {
      guard.failed(attempt);
      throw new MfaRefusal.WrongCode();
    }
    if (authenticators.isUsed(home, totp, step.getAsLong())) {
      throw new MfaRefusal.WrongCode();
    }
    guard.succeeded(attempt);
    if (!authenticators.use(home, totp, step.getAsLong())) {
      throw new MfaRefusal.WrongCode();
    }
  }

  /**
   * Uses up one of the user's recovery codes.
   *
   * @throws MfaRefusal.WrongCode if it is none, or was used before
   */
  void useRecoveryCode(Caller caller, User user, String code, ClientAddress address) {
    UUID home = user.home();
    UUID id = user.id().value();
    if (user.totp() == null) {
      throw new MfaRefusal.NotEnrolled();
    }
    SignInGuard.Attempt attempt = permit(user, address);
    if (!recoveryCodes.holds(home, id, code)) {
      guard.failed(attempt);
      throw new MfaRefusal.WrongCode();
    }
    // Before it is gone: of many who come with it at once, none must count as a failure first.
    guard.succeeded(attempt);
    if (!recoveryCodes.use(home, id, code)) {
      throw new MfaRefusal.WrongCode();
    }
    commands.send(caller, new UseRecoveryCode(user.id()), Terms.NONE);
  }

  private SignInGuard.Attempt permit(User user, ClientAddress address) {
    return guard.permit(SignInAccount.of(user), address);
  }

  private void forget(UUID home, @Nullable UUID totp) {
    if (totp != null) {
      vault.forget(home, totp);
    }
  }
}
