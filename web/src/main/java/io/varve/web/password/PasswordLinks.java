package io.varve.web.password;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.identity.SendLink;
import io.varve.command.identity.SendResetLink;
import io.varve.events.identity.LinkSent.Purpose;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Callers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Sends people links by which they can set their password. */
public final class PasswordLinks {

  static final Duration INVITATION = Duration.ofDays(3);
  static final Duration RESET = Duration.ofHours(1);

  /** So that nobody can fill another's mailbox, or void every link just as it arrives. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Links links;
  private final Letters letters;
  private final PublicUrl url;
  private final Accounts accounts;
  private final Callers callers;
  private final Commands commands;
  private final Vault vault;
  private final Clock clock;

  PasswordLinks(
      Links links,
      Letters letters,
      PublicUrl url,
      Accounts accounts,
      Callers callers,
      Commands commands,
      Vault vault,
      Clock clock) {
    this.links = links;
    this.letters = letters;
    this.url = url;
    this.accounts = accounts;
    this.callers = callers;
    this.commands = commands;
    this.vault = vault;
    this.clock = clock;
  }

  /** The command that notes an invitation, which is {@linkplain #invite sent} afterwards. */
  public SendLink invitation(UserId id) {
    return new SendLink(id, Purpose.INVITATION, clock.instant().plus(INVITATION));
  }

  /** Sends an invitation. */
  public void invite(UUID home, UserId id) {
    Instant until = clock.instant().plus(INVITATION);
    letters.soon(() -> accounts.find(home, id.value()).ifPresent(user -> invite(user, until)));
  }

  private void invite(User user, Instant until) {
    make(user, until, Duration.ZERO)
        .ifPresent(link -> write(user, to -> letters.invite(to, link, INVITATION)));
  }

  /** Sends a link to whoever has an address, if somebody has and may sign in. */
  void forgot(String email, Callers.Circumstances circumstances) {
    letters.soon(
        () ->
            accounts
                .byEmail(email)
                .filter(user -> user.status() == User.Status.ACTIVE)
                .ifPresent(user -> reset(user, circumstances)));
  }

  private void reset(User user, Callers.Circumstances circumstances) {
    Instant until = clock.instant().plus(RESET);
    make(user, until, PAUSE)
        .ifPresent(
            link -> {
              commands.send(
                  callers.noting(user.home(), user.id().value(), circumstances),
                  new SendResetLink(user.id(), until),
                  Terms.NONE);
              write(user, to -> letters.reset(to, link, RESET));
            });
  }

  /** The token is behind the mark, where no server and no other page gets to see it. */
  private Optional<String> make(User user, Instant until, Duration pause) {
    return links
        .make(user.home(), user.id().value(), until, pause)
        .map(token -> url.base() + "/set-password#token=" + token);
  }

  private void write(User user, Consumer<String> letter) {
    vault.open(user.home(), user.email()).ifPresent(letter);
  }
}
