package io.varve.web.auth;

import io.varve.command.notice.Misuse;
import io.varve.command.notice.Tally;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.key.ApiKey;
import io.varve.events.notice.Notice.KeyFlaw;
import io.varve.events.provenance.Actor;
import io.varve.web.key.KeySecrets;
import io.varve.web.key.KnownKey;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an API key is still worth: as the ledger had it at most two seconds ago, so that revoking
 * it, disabling its maker and changing the maker's role bite everywhere within moments. Before a
 * key is refused, the ledger is asked anew.
 */
final class KeyStandings {

  private final Recent recent;
  private final UserRights rights;
  private final KeySecrets secrets;
  private final Callers callers;
  private final Tally tally;
  private final Clock clock;

  KeyStandings(
      Recent recent,
      UserRights rights,
      KeySecrets secrets,
      Callers callers,
      Tally tally,
      Clock clock) {
    this.recent = recent;
    this.rights = rights;
    this.secrets = secrets;
    this.callers = callers;
    this.tally = tally;
    this.clock = clock;
  }

  /**
   * @throws AuthRefusal.KeyOver if it was revoked or has expired, which is noted, or its maker was
   *     disabled
   */
  Standing of(KnownKey known, HttpServletRequest request) {
    Standing standing = anew(known).orElseThrow(() -> refused(known, request));
    secrets.use(known);
    return standing;
  }

  /**
   * The same while a request is being answered: nobody uses the key by that.
   *
   * @throws AuthRefusal.KeyOver if it is over by now
   */
  Standing still(KnownKey known) {
    return anew(known).orElseThrow(AuthRefusal.KeyOver::new);
  }

  private Optional<Standing> anew(KnownKey known) {
    Optional<Standing> remembered = worth(known);
    if (remembered.isEmpty()) {
      forget(known);
    }
    return remembered.or(() -> worth(known));
  }

  private Optional<Standing> worth(KnownKey known) {
    return key(known)
        .filter(key -> flaw(key).isEmpty())
        .flatMap(
            key ->
                maker(known.home(), key)
                    .filter(maker -> maker.status() == User.Status.ACTIVE)
                    .map(maker -> standing(key, maker)));
  }

  private Standing standing(ApiKey key, User maker) {
    Set<Permission> permissions = key.permissions(rights.of(maker).permissions());
    return new Standing(
        maker.home(),
        maker.role().scope(),
        Actor.apiKey(key.id().value()),
        null,
        null,
        maker.id().value(),
        permissions,
        null,
        null,
        false);
  }

  private AuthRefusal refused(KnownKey known, HttpServletRequest request) {
    key(known)
        .ifPresent(
            key ->
                flaw(key)
                    .ifPresent(
                        flaw ->
                            tally.note(
                                callers.noting(known.home(), key, request),
                                new Misuse.FlawedKey(key.id(), flaw))));
    return new AuthRefusal.KeyOver();
  }

  private Optional<KeyFlaw> flaw(ApiKey key) {
    if (key.status() == ApiKey.Status.REVOKED) {
      return Optional.of(KeyFlaw.REVOKED);
    }
    return key.isExpired(clock.instant()) ? Optional.of(KeyFlaw.EXPIRED) : Optional.empty();
  }

  private Optional<ApiKey> key(KnownKey known) {
    return recent.find(ApiKey.STREAM, known.home(), known.id().value());
  }

  private Optional<User> maker(UUID home, ApiKey key) {
    return recent.find(User.STREAM, home, key.maker().value());
  }

  private void forget(KnownKey known) {
    key(known)
        .ifPresent(
            key -> {
              maker(known.home(), key).ifPresent(rights::forget);
              recent.forget(known.home(), key.maker().value());
            });
    recent.forget(known.home(), known.id().value());
  }
}
