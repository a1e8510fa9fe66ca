package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/**
 * Gives a user a new password.
 *
 * @param credential where the vault keeps its hash: a new reference for each password
 */
@Requires(Permission.USER_WRITE)
public record SetPassword(UserId id, UUID credential) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/credential", credential);
  }
}
