package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.GroupId;
import io.varve.events.rule.Rules;

/** Does away with a group that a directory has no more, and with what its members had by it. */
@Requires(Permission.DIRECTORY_WRITE)
public record DeprovisionGroup(GroupId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
