package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Takes a user whom a directory has no more out of a group. */
@Requires(Permission.DIRECTORY_WRITE)
public record LeaveGroup(GroupId id, UserId user) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/user", user);
  }
}
