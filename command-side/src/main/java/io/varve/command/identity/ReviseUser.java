package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import java.util.SortedSet;

/**
 * Gives a user these fields; what is already so makes no event. Whoever sends it hands an unchanged
 * name or address over as it is, not sealed anew.
 *
 * @param roles of the tenant's own making
 */
@Requires(Permission.USER_WRITE)
public record ReviseUser(
    UserId id, Personal name, Personal email, String emailHash, Role role, SortedSet<RoleId> roles)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    UserFields.check(rules, id, name, email, emailHash, role, roles);
  }
}
