package io.varve.events.key;

import io.varve.events.access.Permission;
import io.varve.events.access.Permission.Kind;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an API key is for. Of the permissions of its scopes a key has those that its maker has too;
 * what decides over rights and secrets is in none.
 */
public enum KeyScope {
  /** To see the risk model. */
  READ(permission -> permission.kind() == Kind.MODEL && permission.isRead()),
  /** To see and change the risk model. */
  WRITE(permission -> permission.kind() == Kind.MODEL),
  /** That, and to see what administers it. */
  ADMIN(permission -> permission.kind() == Kind.MODEL || permission.kind() == Kind.ADMINISTRATIVE);

  private final Set<Permission> permissions;

  KeyScope(Predicate<Permission> covers) {
    this.permissions =
        Arrays.stream(Permission.values()).filter(covers).collect(Collectors.toUnmodifiableSet());
  }

  public Set<Permission> permissions() {
    return permissions;
  }
}
