package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.User;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.PlatformClaims;
import io.varve.postgres.vault.Vault;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as they stand in the ledger now, not as a read model may still see them. */
public final class Accounts {

  private final PlatformClaims claims;
  private final LedgerReader ledger;
  private final Vault vault;
  private final UUID platform;

  Accounts(Database database, Vault vault, UUID platform) {
    this.claims = new PlatformClaims(database, platform);
    this.ledger = new LedgerReader(database);
    this.vault = vault;
    this.platform = platform;
  }

  UUID platform() {
    return platform;
  }

  /** Whether the platform still waits for its first operator. */
  boolean needsSetup() {
    return ledger.stream(Scope.command(platform), platform, platform, 0, 1).isEmpty();
  }

  /** Whoever signs in with an address, wherever that user belongs. */
  public Optional<User> byEmail(String address) {
    return byClaim(User.EMAIL, EmailAddress.hash(vault, address));
  }

  /** Whoever signs in with an identity of a provider, of which a user keeps this keyed hash. */
  public Optional<User> bySignOn(String subject) {
    return byClaim(User.SIGN_ON, subject);
  }

  private Optional<User> byClaim(String kind, String value) {
    return claims.holder(kind, value).flatMap(holder -> find(holder.tenant(), holder.id()));
  }

  /** A user of a home. */
  public Optional<User> find(UUID home, UUID id) {
    return ledger.state(Scope.command(home), User.STREAM, home, id);
  }

  /** An impersonation of a user of a home. */
  public Optional<Impersonation> impersonation(UUID home, ImpersonationId id) {
    return ledger.state(Scope.command(home), Impersonation.STREAM, home, id.value());
  }

  /**
   * What the administrator of an impersonation is called, which whoever may see it may know; null
   * once that was erased.
   */
  public @Nullable String nameOf(Impersonation impersonation) {
    UUID home = impersonation.adminHome();
    return find(home, impersonation.admin().value())
        .flatMap(admin -> vault.open(home, admin.name()))
        .orElse(null);
  }

  /** The password's hash, if the user has one. */
  public @Nullable String passwordHash(User user) {
    return user.credential() == null
        ? null
        : vault
            .reveal(user.home(), user.credential())
            .map(hash -> new String(hash, UTF_8))
            .orElse(null);
  }
}
