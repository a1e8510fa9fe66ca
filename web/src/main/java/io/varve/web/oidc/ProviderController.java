package io.varve.web.oidc;

import io.varve.command.LedgerRefusal;
import io.varve.command.provider.DisableProvider;
import io.varve.command.provider.EnableProvider;
import io.varve.command.provider.SetProviderCredential;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.provider.Providers;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Secrets;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS})
@RequestMapping(ProviderController.PATH)
final class ProviderController implements Lists {

  static final String PATH = "/api/providers";
  private static final int MAX_CREDENTIAL = 1_000;
  private static final Logger log = LoggerFactory.getLogger(ProviderController.class);

  private final Secrets secrets;
  private final KnownProviders providers;
  private final Discovery discovery;

  ProviderController(Secrets secrets, KnownProviders providers, Discovery discovery) {
    this.secrets = secrets;
    this.providers = providers;
    this.discovery = discovery;
  }

  /**
   * The secret by which the provider knows Varve.
   *
   * @param credential absent to take it away
   */
  record ProviderCredential(@Nullable String credential) {}

  /**
   * Whether a provider can be used.
   *
   * @param problem what is wrong, if it cannot
   */
  record Checked(boolean usable, @Nullable String problem) {}

  @Override
  public Listing<?> listing() {
    return Providers.LISTING;
  }

  @Says("Lists identity providers")
  @Needs(Permission.PROVIDER_READ)
  @GetMapping
  Page<ProviderView> list(ListRequest request, Caller caller, Read read) {
    return read.list(
        Providers.LISTING, request, provider -> ProviderView.of(caller.tenant(), provider));
  }

  @Says("Shows an identity provider; never its credential")
  @Needs(Permission.PROVIDER_READ)
  @GetMapping("/{id}")
  ResponseEntity<ProviderView> one(@PathVariable UUID id, Caller caller, Read read) {
    return read.one(Providers.LISTING, id, provider -> ProviderView.of(caller.tenant(), provider));
  }

  @Says("Registers an identity provider")
  @Needs(Permission.PROVIDER_WRITE)
  @PostMapping
  ResponseEntity<Written> register(@Body NewProvider provider, Caller caller, Write write) {
    var id = new ProviderId(Ids.next());
    return secrets.keepFor(
        caller,
        Permission.PROVIDER_WRITE,
        checked(provider.credential()),
        secret -> write.create(PATH, provider.register(id, secret)));
  }

  @Says("Gives an identity provider these fields")
  @Needs(Permission.PROVIDER_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body ProviderFields fields, Write write) {
    return write.change(fields.revise(new ProviderId(id)));
  }

  @Says("Gives an identity provider another credential, or none")
  @Needs(Permission.PROVIDER_WRITE)
  @PutMapping("/{id}/credential")
  ResponseEntity<Written> setCredential(
      @PathVariable UUID id, @Body ProviderCredential given, Caller caller, Write write) {
    return secrets.keepFor(
        caller,
        Permission.PROVIDER_WRITE,
        checked(given.credential()),
        secret -> write.change(new SetProviderCredential(new ProviderId(id), secret)));
  }

  @Says("Tries to read what an identity provider says of itself")
  @Needs(Permission.PROVIDER_WRITE)
  @PostMapping("/{id}/check")
  Checked check(@PathVariable UUID id, Caller caller) {
    Provider provider =
        providers.find(caller.tenant(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    try {
      discovery.check(provider.issuer());
      return new Checked(true, null);
    } catch (ProviderFault fault) {
      log.debug("a provider cannot be used", fault);
      return new Checked(false, fault.sentence());
    }
  }

  @Says("Lets nobody sign in with an identity provider for now")
  @Needs(Permission.PROVIDER_WRITE)
  @PostMapping("/{id}/disable")
  ResponseEntity<Written> disable(@PathVariable UUID id, Write write) {
    return write.change(new DisableProvider(new ProviderId(id)));
  }

  @Says("Lets users sign in with a disabled identity provider again")
  @Needs(Permission.PROVIDER_WRITE)
  @PostMapping("/{id}/enable")
  ResponseEntity<Written> enable(@PathVariable UUID id, Write write) {
    return write.change(new EnableProvider(new ProviderId(id)));
  }

  private static @Nullable String checked(@Nullable String credential) {
    if (credential != null) {
      var rules = new Rules();
      rules.line("/credential", credential, MAX_CREDENTIAL);
      rules.enforce();
    }
    return credential;
  }
}
