package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/**
 * Makes these users the members of a group, and nobody else. Who adds or removes somebody gives or
 * takes what the group gives.
 */
@Requires(Permission.GROUP_WRITE)
public record SetGroupMembers(GroupId id, SortedSet<UserId> members) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.size("/members", members, Group.MAX_MEMBERS);
  }
}
