package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Makes a user what a directory says; one that it had removed is there again. */
@Requires(Permission.DIRECTORY_WRITE)
public record AlignUser(UserId id, DirectoryEntry entry) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    DirectoryEntry.check(rules, entry);
  }
}
