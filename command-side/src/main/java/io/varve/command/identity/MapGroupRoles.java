package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/**
 * Gives every member of a group these roles of the tenant's own making, and no others by the group.
 */
@Requires(Permission.GROUP_WRITE)
public record MapGroupRoles(GroupId id, SortedSet<RoleId> roles) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.size("/roles", roles, Group.MAX_ROLES);
  }
}
