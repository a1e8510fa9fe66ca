package io.varve.web.oidc;

import io.varve.command.provider.ReviseProvider;
import io.varve.events.provider.ProviderId;
import org.jspecify.annotations.Nullable;

/** What can be changed of an identity provider; its credential has a resource of its own. */
record ProviderFields(
    String name, String issuer, String clientId, @Nullable Boolean trustedForSecondFactor) {

  ReviseProvider revise(ProviderId id) {
    return new ReviseProvider(
        id, name, issuer, clientId, Boolean.TRUE.equals(trustedForSecondFactor));
  }
}
