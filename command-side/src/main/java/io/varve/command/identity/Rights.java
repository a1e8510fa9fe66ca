package io.varve.command.identity;

import io.varve.events.StreamId;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What users and roles may do, as the ledger has it now, and whether a caller may give as much.
 *
 * <p>Whoever may give everything that is involved decides over another: so nobody rises above
 * himself through one whose password, second factor or role he sets.
 */
public final class Rights {

  private final LedgerReader ledger;

  public Rights(Database database) {
    this.ledger = new LedgerReader(database);
  }

  /** Everything that a user may do in its home, be it disabled or not. */
  public Set<Permission> of(User user) {
    Set<Permission> all = EnumSet.copyOf(user.role().permissions());
    all.addAll(given(user.home(), user.roles()));
    return all;
  }

  /** What roles of a tenant's own making give; one that was withdrawn gives nothing. */
  public Set<Permission> given(UUID tenant, Collection<RoleId> roles) {
    Set<Permission> all = EnumSet.noneOf(Permission.class);
    active(tenant, roles).values().forEach(role -> all.addAll(role.permissions()));
    return all;
  }

  /**
   * @throws EscalationRefusal if the caller may not give all of it
   */
  static void requireGrants(Set<Permission> involved) {
    if (!Caller.current().grants().containsAll(involved)) {
      throw new EscalationRefusal();
    }
  }

  /**
   * @throws io.varve.events.rule.InvalidException if any is no active role of the caller's tenant
   */
  void requireActive(String pointer, Collection<RoleId> roles) {
    Set<RoleId> found = active(Caller.current().tenant(), roles).keySet();
    var rules = new Rules();
    for (RoleId role : roles) {
      rules.hold(
          found.contains(role), pointer, "no-such-role", "names no active role: " + role.value());
    }
    rules.enforce();
  }

  private Map<RoleId, CustomRole> active(UUID tenant, Collection<RoleId> ids) {
    var roles = new HashMap<RoleId, CustomRole>();
    if (!ids.isEmpty()) {
      Collection<UUID> values = ids.stream().map(StreamId::value).toList();
      for (StoredEvent stored :
          ledger.beginnings(Scope.command(tenant), tenant, values, Integer.MAX_VALUE)) {
        if (stored.stream().equals(CustomRole.STREAM.name())) {
          roles.compute(
              new RoleId(stored.id()), (id, was) -> CustomRole.STREAM.evolve(was, stored.event()));
        }
      }
      roles.values().removeIf(role -> role.status() != CustomRole.Status.ACTIVE);
    }
    return roles;
  }
}
