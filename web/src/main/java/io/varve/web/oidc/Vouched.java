package io.varve.web.oidc;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.identity.LinkSignOn;
import io.varve.events.identity.User;
import io.varve.events.provider.Provider;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Callers;
import io.varve.web.oidc.SignInFailure.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the user whom a provider vouches for: whoever is linked to that identity, or else whoever
 * has the address, who is linked to it from then on.
 */
final class Vouched {

  private final Accounts accounts;
  private final Callers callers;
  private final Commands commands;
  private final KnownProviders providers;
  private final Vault vault;

  Vouched(
      Accounts accounts,
      Callers callers,
      Commands commands,
      KnownProviders providers,
      Vault vault) {
    this.accounts = accounts;
    this.callers = callers;
    this.commands = commands;
    this.providers = providers;
    this.vault = vault;
  }

  User find(UUID home, Provider provider, Identity identity, HttpServletRequest request)
      throws SignInFailure {
    String subject = subject(provider, identity);
    Optional<User> linked = accounts.bySignOn(subject);
    User user =
        linked
            .or(() -> Optional.ofNullable(identity.email()).flatMap(accounts::byEmail))
            .filter(
                known -> known.status() == User.Status.ACTIVE && providers.speakFor(home, known))
            .orElseThrow(() -> unknown(identity));
    if (linked.isEmpty()) {
      link(user, provider, subject, request);
    }
    return user;
  }

  /** Under the provider's own id: what one home's provider says links nobody of another's. */
  private String subject(Provider provider, Identity identity) {
    return vault.lookupHash(
        User.SIGN_ON,
        String.join("\n", provider.id().value().toString(), provider.issuer(), identity.subject()));
  }

  /** An address can become somebody else's; the identity that it once led to cannot. */
  private void link(User user, Provider provider, String subject, HttpServletRequest request)
      throws SignInFailure {
    if (user.signOns().containsKey(provider.id().value())) {
      throw new SignInFailure(
          Code.UNKNOWN_USER, "the user with that address is linked to another identity there");
    }
    commands.send(
        callers.owner(user.home(), user.id().value(), request),
        new LinkSignOn(user.id(), provider.id().value(), subject),
        Terms.NONE);
  }

  private static SignInFailure unknown(Identity identity) {
    return new SignInFailure(
        Code.UNKNOWN_USER,
        identity.email() == null
            ? "nobody is linked to that identity, and it has no verified address"
            : "no active user there is linked to that identity or has its address");
  }
}
