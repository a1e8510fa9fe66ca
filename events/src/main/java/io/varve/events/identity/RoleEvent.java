package io.varve.events.identity;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.access.Permission;
import java.util.SortedSet;

/** What can happen to a role of a tenant's own making. */
public sealed interface RoleEvent extends TenantEvent {

  @EventType(value = "role.defined", says = "defined the role {it}")
  record RoleDefined(RoleId id, String name, String description, SortedSet<Permission> permissions)
      implements RoleEvent {}

  /** What the role is for was put in other words. */
  @EventType(value = "role.described", says = "described the role {it} in other words")
  record RoleDescribed(String name, String description) implements RoleEvent {}

  /** Whoever has the role may do this from now on. */
  @EventType(value = "role.permissions-set", says = "changed what the role {it} permits")
  record RolePermissionsSet(SortedSet<Permission> permissions) implements RoleEvent {}

  /** The role gives nobody anything any more. */
  @EventType(value = "role.withdrawn", says = "withdrew the role {it}")
  record RoleWithdrawn() implements RoleEvent {}
}
