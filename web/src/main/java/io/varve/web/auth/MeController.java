package io.varve.web.auth;

import io.varve.command.LedgerRefusal;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.SignedIn;
import io.varve.web.openapi.Says;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class MeController {

  private final Accounts accounts;
  private final Vault vault;

  MeController(Accounts accounts, Vault vault) {
    this.accounts = accounts;
    this.vault = vault;
  }

  /**
   * Whoever asks.
   *
   * @param name absent once it was erased
   * @param email absent once it was erased
   * @param home the platform, organization or tenant that the user belongs to
   */
  record Me(
      UserId id,
      @Nullable String name,
      @Nullable String email,
      Role role,
      Role.Scope scope,
      UUID home,
      Set<Permission> permissions) {}

  @Says("Shows who is signed in, and what they may do")
  @SignedIn(beforeSecondFactor = true)
  @GetMapping("/api/me")
  Me me(Caller caller) {
    User user =
        accounts
            .find(caller.tenant(), caller.actor().id())
            .orElseThrow(LedgerRefusal.NoSuchStream::new);
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    permissions.addAll(caller.permissions());
    return new Me(
        user.id(),
        vault.open(user.home(), user.name()).orElse(null),
        vault.open(user.home(), user.email()).orElse(null),
        user.role(),
        user.role().scope(),
        user.home(),
        permissions);
  }
}
