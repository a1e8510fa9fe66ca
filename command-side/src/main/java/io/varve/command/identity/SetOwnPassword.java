package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/**
 * Gives the caller another password. Whoever follows a link that was sent is the user it was sent
 * to, as far as this goes.
 *
 * @param credential where the vault keeps its hash: a new reference for each password
 */
@Requires(Permission.ACCOUNT_WRITE)
public record SetOwnPassword(UserId id, UUID credential) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/credential", credential);
  }
}
