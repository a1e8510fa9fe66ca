package io.varve.web.oidc;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.UnlinkOwnSignOn;
import io.varve.command.identity.UnlinkSignOn;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.auth.Accounts;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Says;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which identity providers vouch for somebody. */
@RestController
final class SignOnController {

  private static final String OWN = "/api/auth/sign-ons";
  private static final String OF_A_USER = "/api/users/{id}/sign-ons";

  private final Accounts accounts;
  private final KnownProviders providers;

  SignOnController(Accounts accounts, KnownProviders providers) {
    this.accounts = accounts;
    this.providers = providers;
  }

  /** Everything that one can sign in with besides a password. */
  record SignOns(List<SignOn> items) {}

  /**
   * One identity that one can sign in with.
   *
   * @param name what the provider is called; absent while it cannot be used
   */
  record SignOn(UUID provider, @Nullable String name) {}

  @Says("Lists the identity providers that one can sign in with oneself")
  @Needs(Permission.ACCOUNT_WRITE)
  @GetMapping(OWN)
  SignOns own(Caller caller) {
    User user =
        accounts
            .find(caller.tenant(), caller.actor().id())
            .orElseThrow(LedgerRefusal.NoSuchStream::new);
    return new SignOns(
        user.signOns().keySet().stream()
            .map(provider -> new SignOn(provider, providers.nameFor(user, provider)))
            .toList());
  }

  @Says("Signs in with an identity provider no more")
  @Needs(Permission.ACCOUNT_WRITE)
  @PostMapping(OWN + "/{provider}/unlink")
  ResponseEntity<Written> unlinkOwn(@PathVariable UUID provider, Caller caller, Write write) {
    return write.change(new UnlinkOwnSignOn(new UserId(caller.actor().id()), provider));
  }

  @Says("Lets a user sign in with an identity provider no more")
  @Homed({Root.TENANTS, Root.ORGANIZATIONS})
  @Needs(Permission.USER_WRITE)
  @PostMapping(OF_A_USER + "/{provider}/unlink")
  ResponseEntity<Written> unlink(@PathVariable UUID id, @PathVariable UUID provider, Write write) {
    return write.change(new UnlinkSignOn(new UserId(id), provider));
  }
}
