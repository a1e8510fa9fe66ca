package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.RoleId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/** Gives a role of a tenant's own making these fields; what is already so makes no event. */
@Requires(Permission.ROLE_WRITE)
public record ReviseRole(
    RoleId id, String name, String description, SortedSet<Permission> permissions)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    RoleFields.check(rules, name, description, permissions);
  }
}
