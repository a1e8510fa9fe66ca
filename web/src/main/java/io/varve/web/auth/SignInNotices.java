package io.varve.web.auth;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.notice.Misuse;
import io.varve.command.notice.NoteMisuse;
import io.varve.command.notice.Tally;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.notice.NoticeEvent.AccountLocked;
import io.varve.events.notice.NoticeId;
import io.varve.web.http.Ids;
import io.varve.web.limit.SignInListener;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has failed attempts to sign in noted where the user belongs, or with the platform where there is
 * no such user. Who really tried is not known: the actor is Varve.
 */
final class SignInNotices implements SignInListener {

  private final Accounts accounts;
  private final Tally tally;
  private final Commands commands;

  SignInNotices(Accounts accounts, Tally tally, Commands commands) {
    this.accounts = accounts;
    this.tally = tally;
    this.commands = commands;
  }

  @Override
  public void failed(String account, Failure failure) {
    User user = SignInAccount.find(accounts, account).orElse(null);
    UUID home = user == null ? accounts.platform() : user.home();
    @Nullable UserId id = user == null ? null : user.id();
    tally.note(Callers.varve(home), new Misuse.FailedSignIn(id));
    Instant until = failure.until();
    if (failure.locked() && until != null) {
      locked(home, new AccountLocked(new NoticeId(Ids.next()), id, until, failure.failures()));
    }
  }

  /** Where nothing is written any more the platform still is. */
  private void locked(UUID home, AccountLocked notice) {
    try {
      commands.send(Callers.varve(home), new NoteMisuse(notice), Terms.NONE);
    } catch (LedgerRefusal.TenantRetired over) {
      commands.send(Callers.varve(accounts.platform()), new NoteMisuse(notice), Terms.NONE);
    }
  }
}
