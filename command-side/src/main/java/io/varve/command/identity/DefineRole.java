package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.RoleId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/** Gives a tenant a role of its own making. Nobody defines one that may what he may not give. */
@Requires(Permission.ROLE_WRITE)
public record DefineRole(
    RoleId id, String name, String description, SortedSet<Permission> permissions)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    RoleFields.check(rules, name, description, permissions);
  }
}
