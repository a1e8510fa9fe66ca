package io.varve.web.oidc;

import io.varve.events.identity.User;
import io.varve.events.provider.Provider;
import io.varve.events.tenancy.Tenant;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Providers as the ledger has them now. A provider speaks for the users of its home and, where that
 * is an organization, of its tenants.
 */
final class KnownProviders {

  private final LedgerReader ledger;

  KnownProviders(Database database) {
    this.ledger = new LedgerReader(database);
  }

  Optional<Provider> find(UUID home, UUID id) {
    return ledger.state(Scope.command(home), Provider.STREAM, home, id);
  }

  /** One that people can sign in with now. */
  Optional<Provider> active(UUID home, UUID id) {
    return find(home, id).filter(provider -> provider.status() == Provider.Status.ACTIVE);
  }

  /** What a provider is called that may speak for a user, if it can be used. */
  @Nullable String nameFor(User user, UUID id) {
    return Stream.concat(Stream.of(user.home()), organization(user).stream())
        .flatMap(home -> active(home, id).stream())
        .map(Provider::name)
        .findFirst()
        .orElse(null);
  }

  /** Whether the providers of a home speak for a user. */
  boolean speakFor(UUID home, User user) {
    return user.home().equals(home) || organization(user).filter(home::equals).isPresent();
  }

  private Optional<UUID> organization(User user) {
    return ledger
        .state(Scope.command(user.home()), Tenant.STREAM, user.home(), user.home())
        .map(tenant -> tenant.organization().value());
  }
}
