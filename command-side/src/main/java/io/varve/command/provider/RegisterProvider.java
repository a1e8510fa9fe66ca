package io.varve.command.provider;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets the users of the home that the caller acts within sign in with an identity provider.
 *
 * @param trustedForSecondFactor whether a second factor that it says it asked for counts as one
 * @param credential where the vault keeps the client's secret; null for none
 */
@Requires(Permission.PROVIDER_WRITE)
public record RegisterProvider(
    ProviderId id,
    String name,
    String issuer,
    String clientId,
    boolean trustedForSecondFactor,
    @Nullable UUID credential)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    Provider.check(rules, name, issuer, clientId);
  }
}
