package io.varve.web.oidc;

import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.UUID;

/**
 * An identity provider.
 *
 * @param trustedForSecondFactor whether a second factor that it says it asked for counts as one
 * @param hasCredential whether the vault holds the client's secret
 * @param signInPath where a browser begins to sign in with it
 * @param callbackPath what the provider is to be told as the redirect URI, below Varve's own
 *     address
 */
record ProviderView(
    ProviderId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    String issuer,
    String clientId,
    boolean trustedForSecondFactor,
    boolean hasCredential,
    Provider.Status status,
    String signInPath,
    String callbackPath)
    implements Versioned {

  static ProviderView of(UUID home, Document<Provider> document) {
    Provider provider = document.state();
    return new ProviderView(
        provider.id(),
        document.sequence(),
        document.created(),
        document.at(),
        provider.name(),
        provider.issuer(),
        provider.clientId(),
        provider.trustedForSecondFactor(),
        provider.credential() != null,
        provider.status(),
        SignInController.PATH + "/" + home + "/" + provider.id().value(),
        SignInController.PATH + SignInController.CALLBACK);
  }
}
