package io.varve.events.provider;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.provider.ProviderEvent.ProviderCredentialSet;
import io.varve.events.provider.ProviderEvent.ProviderDisabled;
import io.varve.events.provider.ProviderEvent.ProviderEnabled;
import io.varve.events.provider.ProviderEvent.ProviderRegistered;
import io.varve.events.provider.ProviderEvent.ProviderRevised;
import io.varve.events.rule.Rules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider that the users of a home can sign in with (OpenID Connect Core 1.0).
 *
 * @param name unique in the home, in any case of its letters
 * @param issuer where the provider's own description is found, below which it speaks for itself
 * @param clientId who Varve is to the provider
 * @param trustedForSecondFactor whether a second factor that it says it asked for counts as one
 * @param credential where the vault keeps the client's secret; null for none
 */
public record Provider(
    ProviderId id,
    String name,
    String issuer,
    String clientId,
    boolean trustedForSecondFactor,
    @Nullable UUID credential,
    Status status)
    implements State {

  public static final StreamDefinition<Provider, ProviderEvent> STREAM =
      new StreamDefinition<>("provider", Provider.class, ProviderEvent.class, Provider::evolve);

  public static final int MAX_NAME = 200;
  public static final int MAX_ISSUER = 500;
  public static final int MAX_CLIENT_ID = 200;

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /** Whether anybody can sign in with it. */
  public enum Status {
    ACTIVE,
    DISABLED
  }

  static Provider evolve(@Nullable Provider provider, ProviderEvent event) {
    if (event instanceof ProviderRegistered e) {
      return new Provider(
          e.id(),
          e.name(),
          e.issuer(),
          e.clientId(),
          e.trustedForSecondFactor(),
          e.credential(),
          Status.ACTIVE);
    }
    Provider was = requireNonNull(provider);
    return switch (event) {
      case ProviderRegistered e -> throw new IllegalStateException("a provider is registered once");
      case ProviderRevised e -> was.revised(e);
      case ProviderCredentialSet e -> was.askedWith(e.credential());
      case ProviderDisabled e -> was.standing(Status.DISABLED);
      case ProviderEnabled e -> was.standing(Status.ACTIVE);
    };
  }

  @Override
  public void check(Rules rules) {
    check(rules, name, issuer, clientId);
  }

  /** Reports what is wrong with the fields of a provider that is there or wanted. */
  public static void check(
      Rules rules, @Nullable String name, @Nullable String issuer, @Nullable String clientId) {
    rules
        .line("/name", name, MAX_NAME)
        .line("/clientId", clientId, MAX_CLIENT_ID)
        .line("/issuer", issuer, MAX_ISSUER)
        .hold(
            issuer == null || isIssuer(issuer),
            "/issuer",
            "not-an-issuer",
            "must be an https URL without a user, a query or a fragment; http on this host only");
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(
        UniqueValue.inTenant("provider.name", name.strip().toLowerCase(Locale.ROOT), "/name"));
  }

  /** As OpenID Connect Discovery 1.0 has it, section 2. */
  private static boolean isIssuer(String text) {
    try {
      URI url = new URI(text);
      return url.getScheme() != null
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && (url.getScheme().equalsIgnoreCase("https") || isOnThisHost(url));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isOnThisHost(URI url) {
    return url.getScheme().equalsIgnoreCase("http") && LOOPBACK.matcher(url.getHost()).matches();
  }

  private Provider revised(ProviderRevised e) {
    return new Provider(
        id, e.name(), e.issuer(), e.clientId(), e.trustedForSecondFactor(), credential, status);
  }

  private Provider askedWith(@Nullable UUID credential) {
    return new Provider(id, name, issuer, clientId, trustedForSecondFactor, credential, status);
  }

  private Provider standing(Status status) {
    return new Provider(id, name, issuer, clientId, trustedForSecondFactor, credential, status);
  }
}
