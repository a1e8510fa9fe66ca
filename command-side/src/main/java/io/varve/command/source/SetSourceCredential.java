package io.varve.command.source;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signs in at the source with another secret, or with none.
 *
 * @param credential where the vault keeps the secret: a new reference for each; null for none
 */
@Requires(Permission.CREDENTIAL_WRITE)
public record SetSourceCredential(SourceId id, @Nullable UUID credential) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
