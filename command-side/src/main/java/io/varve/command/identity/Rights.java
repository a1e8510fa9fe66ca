package io.varve.command.identity;

import static java.util.stream.Collectors.toSet;

import io.varve.command.States;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.catalog.EventTypes;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupEvent.GroupRolesMapped;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What users and roles may do, as the ledger has it now, and whether a caller may give as much.
 *
 * <p>Whoever may give everything that is involved decides over another: so nobody rises above
 * himself through one whose password, second factor or role he sets.
 */
public final class Rights {

  /** What each group that a user is in was last mapped to. */
  private static final String MAPPED =
      """
      select distinct on (e.id) e.type, e.revision, e.payload
        from ledger.claim c
        join ledger.event e on e.tenant_id = c.tenant_id and e.id = c.holder_id
       where c.tenant_id = ? and c.kind = ? and c.value between ? and ? and e.type = 'group.roles-mapped'
       order by e.id, e.sequence desc
      """;

  /** What each group of a tenant that there still is was last mapped to. */
  private static final String DELEGATED =
      """
      select distinct on (e.id) e.type, e.revision, e.payload
        from ledger.claim c
        join ledger.event e on e.tenant_id = c.tenant_id and e.id = c.holder_id
       where c.tenant_id = ? and c.kind = ? and e.type = 'group.roles-mapped'
       order by e.id, e.sequence desc
      """;

  private final Database database;
  private final States states;

  public Rights(Database database) {
    this.database = database;
    this.states = new States(database);
  }

  /** Everything that a user may do in its home, be it disabled or not. */
  public Set<Permission> of(User user) {
    Set<Permission> all = EnumSet.copyOf(user.role().permissions());
    if (user.role().scope() == Role.Scope.TENANT) {
      Stream<RoleId> roles = Stream.concat(user.roles().stream(), mapped(user));
      all.addAll(given(user.home(), roles.collect(toSet())));
    }
    return all;
  }

  /**
   * That the caller may decide over a person, if that is a user of the caller's tenant.
   *
   * @throws EscalationRefusal if the user may do what the caller may not give
   */
  public void requireGrantsOver(UUID subject) {
    var id = new UserId(subject);
    User user = states.find(User.STREAM, Caller.current().tenant(), Set.of(id)).get(id);
    if (user != null) {
      requireGrants(of(user));
    }
  }

  /** What roles of a tenant's own making give; one that was withdrawn gives nothing. */
  Set<Permission> given(UUID tenant, Collection<RoleId> roles) {
    Set<Permission> all = EnumSet.noneOf(Permission.class);
    active(tenant, roles).forEach(role -> all.addAll(role.permissions()));
    return all;
  }

  /**
   * For what decides over everybody in a home at once.
   *
   * @throws EscalationRefusal if the caller may not give all that an administrator has
   */
  public static void requireAdministration() {
    Set<Permission> grants = Caller.current().grants();
    if (Arrays.stream(Role.values())
        .filter(Role::isAdministrator)
        .noneMatch(role -> grants.containsAll(role.permissions()))) {
      throw new EscalationRefusal();
    }
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
   * That a directory may decide over a user: an ordinary one, who has nothing beyond that but what
   * an administrator lets groups stand for. That much a directory gives anyway, by saying who is in
   * them.
   *
   * @throws EscalationRefusal if the user is an administrator, or has more
   */
  void requireInDirectory(User user) {
    if (user.role() != Role.TENANT_USER) {
      throw new EscalationRefusal();
    }
    Set<Permission> more = of(user);
    more.removeAll(Role.TENANT_USER.permissions());
    if (!more.isEmpty() && !given(user.home(), delegated(user.home())).containsAll(more)) {
      throw new EscalationRefusal();
    }
  }

  /**
   * @throws io.varve.events.rule.InvalidException if any is no active role of the caller's tenant
   */
  void requireActive(String pointer, Collection<RoleId> roles) {
    Set<RoleId> found =
        active(Caller.current().tenant(), roles).map(CustomRole::id).collect(toSet());
    var rules = new Rules();
    for (RoleId role : roles) {
      rules.hold(
          found.contains(role), pointer, "no-such-role", "names no active role: " + role.value());
    }
    rules.enforce();
  }

  private Stream<CustomRole> active(UUID tenant, Collection<RoleId> roles) {
    return states.find(CustomRole.STREAM, tenant, roles).values().stream()
        .filter(role -> role.status() == CustomRole.Status.ACTIVE);
  }

  /** By the claims that a group holds for its members, so that no group needs to be read. */
  private Stream<RoleId> mapped(User user) {
    return roles(
        user.home(),
        MAPPED,
        (statement, first) -> {
          statement.setObject(first, user.home());
          statement.setString(first + 1, Group.MEMBER);
          statement.setString(first + 2, Group.memberships(user.id()));
          statement.setString(first + 3, Group.memberships(user.id()) + '~');
        });
  }

  private Set<RoleId> delegated(UUID tenant) {
    return roles(
            tenant,
            DELEGATED,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setString(first + 1, Group.NAME);
            })
        .collect(toSet());
  }

  private Stream<RoleId> roles(UUID tenant, String sql, Database.Binder binder) {
    return database
        .query(
            Scope.command(tenant),
            sql,
            binder,
            row ->
                (GroupRolesMapped)
                    EventTypes.catalog().decode(row.getString(1), row.getInt(2), row.getString(3)))
        .stream()
        .flatMap(event -> event.roles().stream());
  }
}
