package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Takes somebody over from a directory, as an ordinary user of the tenant without a password. */
@Requires(Permission.DIRECTORY_WRITE)
public record ProvisionUser(UserId id, DirectoryEntry entry) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    DirectoryEntry.check(rules, entry);
  }
}
