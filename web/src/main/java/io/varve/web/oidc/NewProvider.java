package io.varve.web.oidc;

import io.varve.command.provider.RegisterProvider;
import io.varve.events.provider.ProviderId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider as it begins.
 *
 * @param trustedForSecondFactor whether a second factor that it says it asked for counts as one
 * @param credential the client's secret; it goes to the vault and is never shown
 */
record NewProvider(
    String name,
    String issuer,
    String clientId,
    @Nullable Boolean trustedForSecondFactor,
    @Nullable String credential) {

  RegisterProvider register(ProviderId id, @Nullable UUID secret) {
    return new RegisterProvider(
        id, name, issuer, clientId, Boolean.TRUE.equals(trustedForSecondFactor), secret);
  }
}
