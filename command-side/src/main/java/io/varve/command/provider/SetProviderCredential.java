package io.varve.command.provider;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provider.ProviderId;
import io.varve.events.rule.Rules;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Is known to a provider by another secret, or by none.
 *
 * @param credential where the vault keeps the secret: a new reference for each; null for none
 */
@Requires(Permission.PROVIDER_WRITE)
public record SetProviderCredential(ProviderId id, @Nullable UUID credential)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
