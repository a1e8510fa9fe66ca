package io.varve.events.identity;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.identity.GroupEvent.GroupCreated;
import io.varve.events.identity.GroupEvent.GroupMembersChanged;
import io.varve.events.identity.GroupEvent.GroupRemoved;
import io.varve.events.identity.GroupEvent.GroupRenamed;
import io.varve.events.identity.GroupEvent.GroupRolesMapped;
import io.varve.events.rule.Rules;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Users who are given the same, as a directory has them.
 *
 * @param name unique among the tenant's groups, whatever its case
 * @param externalId what a directory that provisions groups calls this one
 * @param roles of the tenant's own making, which every member has
 */
public record Group(
    GroupId id,
    String name,
    @Nullable String externalId,
    SortedSet<UserId> members,
    SortedSet<RoleId> roles,
    Status status)
    implements State {

  public static final StreamDefinition<Group, GroupEvent> STREAM =
      new StreamDefinition<>("group", Group.class, GroupEvent.class, Group::evolve);

  public static final int MAX_NAME = 200;
  public static final int MAX_MEMBERS = 10_000;
  public static final int MAX_ROLES = 50;

  /**
   * The kind of the value that a group holds for each member. It begins with {@link #memberships},
   * so that a user's groups are found without reading any group.
   */
  public static final String MEMBER = "group.member";

  /** Whether there still is such a group. */
  public enum Status {
    ACTIVE,
    REMOVED
  }

  /** The kind of the value that every group which is not removed holds. */
  public static final String NAME = "group.name";

  /** What the values begin with that groups hold for a user. */
  public static String memberships(UserId user) {
    return user.value() + "/";
  }

  static Group evolve(@Nullable Group group, GroupEvent event) {
    if (event instanceof GroupCreated e) {
      return new Group(
          e.id(), e.name(), e.externalId(), new TreeSet<>(), new TreeSet<>(), Status.ACTIVE);
    }
    Group was = requireNonNull(group);
    return switch (event) {
      case GroupCreated e -> throw new IllegalStateException("a group is created once");
      case GroupRenamed e -> was.named(e.name(), e.externalId());
      case GroupMembersChanged e -> was.having(e.added(), e.removed());
      case GroupRolesMapped e -> was.giving(e.roles());
      case GroupRemoved e -> was.removed();
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, MAX_NAME)
        .optionalLine("/externalId", externalId, MAX_NAME)
        .size("/members", members, MAX_MEMBERS)
        .size("/roles", roles, MAX_ROLES);
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    var values = new HashSet<UniqueValue>();
    if (status == Status.ACTIVE) {
      values.add(UniqueValue.inTenant(NAME, name.toLowerCase(Locale.ROOT), "/name"));
      for (UserId member : members) {
        values.add(UniqueValue.inTenant(MEMBER, memberships(member) + id.value(), "/members"));
      }
    }
    return values;
  }

  private Group named(String name, @Nullable String externalId) {
    return new Group(id, name, externalId, members, roles, status);
  }

  private Group having(SortedSet<UserId> added, SortedSet<UserId> removed) {
    var members = new TreeSet<>(this.members);
    members.addAll(added);
    members.removeAll(removed);
    return new Group(id, name, externalId, members, roles, status);
  }

  private Group giving(SortedSet<RoleId> roles) {
    return new Group(id, name, externalId, members, roles, status);
  }

  private Group removed() {
    return new Group(id, name, externalId, members, roles, Status.REMOVED);
  }
}
