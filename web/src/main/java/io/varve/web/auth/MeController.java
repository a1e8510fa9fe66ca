package io.varve.web.auth;

import io.varve.command.LedgerRefusal;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.SignedIn;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
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
   * Who really asks, and until when that can last.
   *
   * @param adminName absent once it was erased
   */
  record ActingAs(
      ImpersonationId id, UserId admin, @Nullable String adminName, String reason, Instant until) {}

  /**
   * Whoever asks.
   *
   * @param name absent once it was erased
   * @param email absent once it was erased
   * @param home the platform, organization or tenant that the user belongs to
   * @param impersonation by which somebody else asks; absent for the user himself
   */
  record Me(
      UserId id,
      @Nullable String name,
      @Nullable String email,
      Role role,
      Role.Scope scope,
      UUID home,
      Set<Permission> permissions,
      @Nullable ActingAs impersonation) {}

  @Says("Shows who is signed in, and what they may do")
  @SignedIn(beforeSecondFactor = true)
  @GetMapping("/api/me")
  Me me(Caller caller, HttpServletRequest request) {
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
        permissions,
        impersonation(user, Standing.of(request)));
  }

  private @Nullable ActingAs impersonation(User user, Standing standing) {
    ImpersonationId id = standing.impersonation();
    if (id == null) {
      return null;
    }
    Impersonation acting =
        accounts.impersonation(user.home(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    return new ActingAs(
        id, acting.admin(), accounts.nameOf(acting), acting.reason(), acting.until());
  }
}
