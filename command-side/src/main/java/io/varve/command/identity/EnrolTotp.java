package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/**
 * Makes a device that shows one-time passwords the caller's second factor, once it has proved to be
 * in the caller's hands. It takes the place of one from before.
 *
 * @param totp where the vault keeps the secret that is shared with the device
 */
@Requires(Permission.ACCOUNT_WRITE)
public record EnrolTotp(UserId id, UUID totp) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/totp", totp);
  }
}
