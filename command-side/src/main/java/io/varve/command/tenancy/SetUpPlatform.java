package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformId;
import java.util.UUID;

/**
 * Takes the installation into use, together with its first operator: both or neither. Once only, by
 * a caller within the platform.
 *
 * @param id the installation's own, from {@link io.varve.command.Installation}
 * @param credential where the vault keeps the operator's password hash
 */
@Requires(Permission.PLATFORM_WRITE)
public record SetUpPlatform(
    PlatformId id,
    String name,
    UserId operator,
    Personal operatorName,
    Personal email,
    String emailHash,
    UUID credential)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, Platform.MAX_NAME).required("/credential", credential);
  }
}
