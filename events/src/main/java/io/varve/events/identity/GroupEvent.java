package io.varve.events.identity;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What can happen to a group of users. */
public sealed interface GroupEvent extends TenantEvent {

  /**
   * @param externalId what a directory that provisions groups calls this one
   */
  @EventType(value = "group.created", says = "created the group {it}")
  record GroupCreated(GroupId id, String name, @Nullable String externalId) implements GroupEvent {}

  /** The group goes by another name, here or in the directory. */
  @EventType(value = "group.renamed", says = "renamed the group {it}")
  record GroupRenamed(String name, @Nullable String externalId) implements GroupEvent {}

  @EventType(value = "group.members-changed", says = "changed the members of the group {it}")
  record GroupMembersChanged(SortedSet<UserId> added, SortedSet<UserId> removed)
      implements GroupEvent {}

  /** These are the roles of the tenant's own making that members have from now on. */
  @EventType(
      value = "group.roles-mapped",
      says = "changed the roles that members of the group {it} have")
  record GroupRolesMapped(SortedSet<RoleId> roles) implements GroupEvent {}

  /** The group is no more, and gives nobody anything. */
  @EventType(value = "group.removed", says = "removed the group {it}")
  record GroupRemoved() implements GroupEvent {}
}
