package io.varve.events.identity;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.access.Permission;
import io.varve.events.identity.RoleEvent.RoleDefined;
import io.varve.events.identity.RoleEvent.RoleDescribed;
import io.varve.events.identity.RoleEvent.RolePermissionsSet;
import io.varve.events.identity.RoleEvent.RoleWithdrawn;
import io.varve.events.rule.Rules;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A role of a tenant's own making, which adds to the role that a user has anyway.
 *
 * @param name unique among the tenant's active ones, whatever its case
 */
public record CustomRole(
    RoleId id, String name, String description, SortedSet<Permission> permissions, Status status)
    implements State {

  public static final StreamDefinition<CustomRole, RoleEvent> STREAM =
      new StreamDefinition<>("role", CustomRole.class, RoleEvent.class, CustomRole::evolve);

  public static final int MAX_NAME = 100;
  public static final int MAX_DESCRIPTION = 1_000;

  /** Whether the role gives anything. */
  public enum Status {
    ACTIVE,
    WITHDRAWN
  }

  static CustomRole evolve(@Nullable CustomRole role, RoleEvent event) {
    if (event instanceof RoleDefined e) {
      return new CustomRole(e.id(), e.name(), e.description(), e.permissions(), Status.ACTIVE);
    }
    CustomRole was = requireNonNull(role);
    return switch (event) {
      case RoleDefined e -> throw new IllegalStateException("a role is defined once");
      case RoleDescribed e -> was.described(e.name(), e.description());
      case RolePermissionsSet e -> was.giving(e.permissions());
      case RoleWithdrawn e -> was.standing(Status.WITHDRAWN);
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME).prose("/description", description, MAX_DESCRIPTION);
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return status == Status.ACTIVE
        ? Set.of(UniqueValue.inTenant("role.name", name.toLowerCase(Locale.ROOT), "/name"))
        : Set.of();
  }

  private CustomRole described(String name, String description) {
    return new CustomRole(id, name, description, permissions, status);
  }

  private CustomRole giving(SortedSet<Permission> permissions) {
    return new CustomRole(id, name, description, permissions, status);
  }

  private CustomRole standing(Status status) {
    return new CustomRole(id, name, description, permissions, status);
  }
}
