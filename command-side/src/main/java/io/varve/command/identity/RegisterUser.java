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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody use Varve. The user belongs to the platform, organization or tenant that the caller
 * acts within.
 *
 * @param emailHash of the address, from the vault
 * @param roles of the tenant's own making; none for a user who is in no tenant
 * @param credential where the vault keeps the password's hash; null for one who is only invited
 */
@Requires(Permission.USER_WRITE)
public record RegisterUser(
    UserId id,
    Personal name,
    Personal email,
    String emailHash,
    Role role,
    SortedSet<RoleId> roles,
    @Nullable UUID credential)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    UserFields.check(rules, id, name, email, emailHash, role, roles);
  }
}
