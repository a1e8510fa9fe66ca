package io.varve.events.provider;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to an identity provider. */
public sealed interface ProviderEvent extends TenantEvent {

  /**
   * The users of a home can sign in with a provider from now on.
   *
   * @param trustedForSecondFactor whether a second factor that it says it asked for counts as one
   * @param credential where the vault keeps the client's secret; null for none
   */
  @EventType(value = "provider.registered", says = "registered the identity provider {it}")
  record ProviderRegistered(
      ProviderId id,
      String name,
      String issuer,
      String clientId,
      boolean trustedForSecondFactor,
      @Nullable UUID credential)
      implements ProviderEvent {}

  /**
   * The provider got another name, is asked elsewhere or as another client, or trusted otherwise.
   */
  @EventType(value = "provider.revised", says = "changed the identity provider {it}")
  record ProviderRevised(
      String name, String issuer, String clientId, boolean trustedForSecondFactor)
      implements ProviderEvent {}

  /**
   * The client's secret was put into the vault, or taken away.
   *
   * @param credential where the vault keeps it: a new id for each secret; null for none
   */
  @EventType(
      value = "provider.credential-set",
      says = "changed the client secret of the identity provider {it}")
  record ProviderCredentialSet(@Nullable UUID credential) implements ProviderEvent {}

  @EventType(value = "provider.disabled", says = "disabled the identity provider {it}")
  record ProviderDisabled() implements ProviderEvent {}

  @EventType(value = "provider.enabled", says = "enabled the identity provider {it}")
  record ProviderEnabled() implements ProviderEvent {}
}
