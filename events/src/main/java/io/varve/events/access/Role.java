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
  SUPERADMIN("superadmin", Scope.PLATFORM, superadmin()),
  MASTER_ADMIN("master_admin", Scope.ORGANIZATION, masterAdmin()),
  TENANT_ADMIN("tenant_admin", Scope.TENANT, tenantAdmin()),
  TENANT_USER("tenant_user", Scope.TENANT, tenantUser()),
  CARRIER_ADMIN(
      "carrier_admin",
      Scope.CARRIER,
      EnumSet.of(CARRIER_READ, USER_READ, USER_WRITE, POLICY_WRITE, ACCOUNT_WRITE)),
  CARRIER_USER("carrier_user", Scope.CARRIER, EnumSet.of(CARRIER_READ, ACCOUNT_WRITE));

  /** Where a user of this role belongs. */
  public enum Scope {
    PLATFORM,
    ORGANIZATION,
    TENANT,
    CARRIER
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

  /**
   * Whether it administers the scope that its user belongs to, of which one must always be left.
   */
  public boolean isAdministrator() {
    return this != TENANT_USER && this != CARRIER_USER;
  }

  /** Everything that a user of a scope can be given by a role that comes with Varve. */
  public static Set<Permission> all(Scope scope) {
    return switch (scope) {
      case PLATFORM -> SUPERADMIN.permissions;
      case ORGANIZATION -> MASTER_ADMIN.permissions;
      case TENANT -> TENANT_ADMIN.permissions;
      case CARRIER -> CARRIER_ADMIN.permissions;
    };
  }

  private static Set<Permission> superadmin() {
    Set<Permission> all = masterAdmin();
    all.addAll(
        EnumSet.of(PLATFORM_READ, PLATFORM_WRITE, ORGANIZATION_WRITE, CARRIER_READ, CARRIER_WRITE));
    return all;
  }

  private static Set<Permission> masterAdmin() {
    return EnumSet.of(
        ORGANIZATION_READ,
        TENANT_READ,
        TENANT_WRITE,
        POLICY_WRITE,
        USER_READ,
        USER_WRITE,
        ROLE_READ,
        PROVIDER_READ,
        PROVIDER_WRITE,
        IMPERSONATION_READ,
        IMPERSONATION_WRITE,
        ACCOUNT_WRITE,
        AUDIT_READ,
        HOLD_READ,
        HOLD_WRITE,
        ERASURE_READ,
        ERASURE_WRITE,
        RETENTION_WRITE,
        EXPORT_READ,
        EXPORT_WRITE);
  }

  private static Set<Permission> tenantAdmin() {
    Set<Permission> all = EnumSet.allOf(Permission.class);
    all.removeIf(permission -> permission.kind() == Permission.Kind.INTERNAL);
    all.removeAll(
        EnumSet.of(
            PLATFORM_READ,
            PLATFORM_WRITE,
            ORGANIZATION_READ,
            ORGANIZATION_WRITE,
            CARRIER_READ,
            CARRIER_WRITE,
            TENANT_WRITE,
            IMPERSONATION_WRITE));
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
        VENDOR_READ,
        IMPERSONATION_READ,
        ACCOUNT_WRITE);
  }
}
