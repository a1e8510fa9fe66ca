package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.Collections;
import java.util.SortedSet;

/**
 * Adds users to a group and takes others out of it. Who is in it already, or is not, makes no
 * difference. Who adds or removes somebody gives or takes what the group gives.
 */
@Requires(Permission.GROUP_WRITE)
public record ChangeGroupMembers(GroupId id, SortedSet<UserId> added, SortedSet<UserId> removed)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .size("/added", added, Group.MAX_MEMBERS)
        .size("/removed", removed, Group.MAX_MEMBERS)
        .hold(
            added == null || removed == null || Collections.disjoint(added, removed),
            "/removed",
            "contradictory",
            "must name nobody who is added");
  }
}
