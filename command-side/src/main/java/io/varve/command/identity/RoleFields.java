package io.varve.command.identity;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.CustomRole;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that defining and revising a role share. */
final class RoleFields {

  private RoleFields() {}

  /** What the role of a tenant can hold is asked here only: what was stored stays valid. */
  static void check(
      Rules rules,
      @Nullable String name,
      @Nullable String description,
      @Nullable SortedSet<Permission> permissions) {
    rules
        .line("/name", name, CustomRole.MAX_NAME)
        .prose("/description", description, CustomRole.MAX_DESCRIPTION)
        .required("/permissions", permissions)
        .hold(
            permissions == null || Role.all(Role.Scope.TENANT).containsAll(permissions),
            "/permissions",
            "not-of-a-tenant",
            "must be what a role of a tenant can hold");
  }
}
