package io.varve.events.access;

import static io.varve.events.access.Permission.*;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The roles that a user can have, each with the scope that its user belongs to and the permissions
 * it carries there.
 */
public enum Role {
  SUPERADMIN("superadmin", Scope.PLATFORM, governing(ORGANIZATION_READ, ORGANIZATION_WRITE)),
  MASTER_ADMIN("master_admin", Scope.ORGANIZATION, governing(ORGANIZATION_READ)),
  TENANT_ADMIN("tenant_admin", Scope.TENANT, tenantAdmin()),
  TENANT_USER("tenant_user", Scope.TENANT, tenantUser());

  /** Where a user of this role belongs. */
  public enum Scope {
    PLATFORM,
    ORGANIZATION,
    TENANT
  }

  private final String text;
  private final Scope scope;
  private final Set<Permission> permissions;

  Role(String text, Scope scope, Set<Permission> permissions) {
    this.text = text;
    this.scope = scope;
    this.permissions = Set.copyOf(permissions);
  }

  /**
   * @throws IllegalArgumentException if there is no such role
   */
  @JsonCreator
  public static Role parse(String text) {
    return Arrays.stream(values())
        .filter(role -> role.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such role"));
  }

  @JsonValue
  public String text() {
    return text;
  }

  public Scope scope() {
    return scope;
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  private static Set<Permission> governing(Permission... over) {
    Set<Permission> all = EnumSet.of(TENANT_READ, TENANT_WRITE, USER_READ, USER_WRITE, AUDIT_READ);
    all.addAll(Arrays.asList(over));
    return all;
  }

  private static Set<Permission> tenantAdmin() {
    Set<Permission> all = EnumSet.allOf(Permission.class);
    all.removeAll(EnumSet.of(ORGANIZATION_READ, ORGANIZATION_WRITE, TENANT_WRITE));
    return all;
  }

  private static Set<Permission> tenantUser() {
    return EnumSet.of(
        TENANT_READ,
        USER_READ,
        SOURCE_READ,
        KRI_READ,
        OBSERVATION_READ,
        CONTROL_READ,
        RISK_READ,
        OUTCOME_READ,
        VENDOR_READ);
  }
}
