package io.varve.web.identity;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.web.access.Needs;
import io.varve.web.openapi.Says;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to make roles of. */
@RestController
final class PermissionController {

  private static final Set<Permission> OF_TENANTS = Role.all(Role.Scope.TENANT);

  /**
   * A permission.
   *
   * @param description what it permits
   * @param assignable whether a role of a tenant's own making can hold it
   */
  record PermissionView(
      Permission permission, Permission.Kind kind, String description, boolean assignable) {}

  record Permissions(List<PermissionView> permissions) {}

  @Says("Lists what permissions there are, for making roles of them")
  @Needs(Permission.ROLE_READ)
  @GetMapping("/api/permissions")
  Permissions all() {
    return new Permissions(
        Arrays.stream(Permission.values())
            .filter(permission -> permission.kind() != Permission.Kind.INTERNAL)
            .map(PermissionController::view)
            .toList());
  }

  private static PermissionView view(Permission permission) {
    return new PermissionView(
        permission, permission.kind(), description(permission), OF_TENANTS.contains(permission));
  }

  private static String description(Permission permission) {
    return switch (permission) {
      case PLATFORM_READ -> "See how the installation as a whole is set up.";
      case PLATFORM_WRITE -> "Set up the installation as a whole.";
      case ORGANIZATION_READ -> "See organizations.";
      case ORGANIZATION_WRITE -> "Create organizations and change them.";
      case CARRIER_READ -> "See carriers.";
      case CARRIER_WRITE -> "Create carriers and rename them.";
      case TENANT_READ -> "See what a tenant is called and how large it is.";
      case TENANT_WRITE -> "Create tenants, change and retire them.";
      case POLICY_WRITE -> "Decide who must have a second factor.";
      case USER_READ -> "See who uses Varve, with names and addresses.";
      case USER_WRITE ->
          "Register users, change and disable them, set their passwords and end their sessions.";
      case ROLE_READ -> "See the tenant's own roles.";
      case ROLE_WRITE -> "Define the tenant's own roles, change and withdraw them.";
      case GROUP_READ -> "See groups, who is in them and which roles they give.";
      case GROUP_WRITE -> "Create groups, decide who is in them and which roles they give.";
      case API_KEY_READ -> "See which API keys there are, but not the keys themselves.";
      case API_KEY_WRITE -> "Issue and revoke API keys.";
      case PROVIDER_READ -> "See which identity providers people can sign in with.";
      case PROVIDER_WRITE -> "Decide which identity providers people can sign in with.";
      case IMPERSONATION_READ -> "See who acted as whom.";
      case IMPERSONATION_WRITE -> "Act as a user of a tenant for a while.";
      case ACCOUNT_WRITE ->
          "Change one's own password and second factor, and end one's own sessions.";
      case AUDIT_READ -> "Read the audit trail and what was noted of misuse.";
      case EXPORT_READ -> "See exports, and fetch their bundles.";
      case EXPORT_WRITE -> "Export events, and what proves them, as bundles.";
      case HOLD_READ -> "See legal holds.";
      case HOLD_WRITE -> "Place legal holds, widen them, and release them with another.";
      case ERASURE_READ -> "See whose data was erased, by whom and why.";
      case ERASURE_WRITE -> "Erase what is known of a person, with another.";
      case RETENTION_WRITE -> "Decide for how long what is no part of the ledger is kept.";
      case SOURCE_READ -> "See where the values of KRIs come from.";
      case SOURCE_WRITE -> "Define KRI sources, change, pause and resume them.";
      case CREDENTIAL_WRITE -> "Set the credentials of KRI sources.";
      case KRI_READ -> "See key risk indicators and their colours.";
      case KRI_WRITE -> "Define key risk indicators and change them.";
      case OBSERVATION_READ -> "See the values of key risk indicators over time.";
      case OBSERVATION_WRITE -> "Add values to key risk indicators.";
      case CONTROL_READ -> "See controls.";
      case CONTROL_WRITE -> "Define controls, change and import them.";
      case RISK_READ -> "See risks and how they are scored.";
      case RISK_WRITE -> "Identify risks, judge, close and reopen them.";
      case OUTCOME_READ -> "See outcomes and how severe they are.";
      case OUTCOME_WRITE -> "Define outcomes and change them.";
      case VENDOR_READ -> "See vendors.";
      case VENDOR_WRITE -> "Add vendors, change them and decide on them.";
      case OBSERVATION_PUSH -> "Bring values of one KRI source; only keys for that may.";
      case DIRECTORY_WRITE -> "Provision users and groups; only keys for that may.";
      case EXPORT_EXECUTE -> "Make exports, and let them go; only Varve itself may.";
      case ERASURE_EXECUTE -> "Do what two people want erased; only Varve itself may.";
      case SECURITY_NOTE -> "Note sessions and misuse; only Varve itself may.";
    };
  }
}
