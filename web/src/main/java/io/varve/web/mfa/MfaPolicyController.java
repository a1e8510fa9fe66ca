package io.varve.web.mfa;

import io.varve.command.Command;
import io.varve.command.tenancy.SetCarrierMfaPolicy;
import io.varve.command.tenancy.SetOrganizationMfaPolicy;
import io.varve.command.tenancy.SetPlatformMfaPolicy;
import io.varve.command.tenancy.SetTenantMfaPolicy;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.tenancy.CarrierId;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.TenantId;
import io.varve.web.access.Needs;
import io.varve.web.auth.PlatformTenant;
import io.varve.web.http.Body;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who must have a second factor. The platform's policy is for everybody, an organization's for its
 * own people and those of its tenants; whoever requires one, it is required.
 */
@RestController
final class MfaPolicyController {

  private final UUID platform;

  MfaPolicyController(PlatformTenant platform) {
    this.platform = platform.id();
  }

  record MfaPolicy(boolean required) {}

  @Says(value = "Decides whether everybody must have a second factor", refuses = 404)
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/api/platform/mfa-policy")
  ResponseEntity<Written> platform(@Body MfaPolicy policy, Write write) {
    return write.change(new SetPlatformMfaPolicy(new PlatformId(platform), policy.required()));
  }

  @Says("Decides whether everybody of an organization and its tenants must have a second factor")
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/api/organizations/{home}/mfa-policy")
  ResponseEntity<Written> organization(
      @PathVariable UUID home, @Body MfaPolicy policy, Write write) {
    return write.change(new SetOrganizationMfaPolicy(new OrganizationId(home), policy.required()));
  }

  @Says("Decides whether everybody of a tenant must have a second factor")
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/api/tenants/{home}/mfa-policy")
  ResponseEntity<Written> tenant(@PathVariable UUID home, @Body MfaPolicy policy, Write write) {
    return write.change(new SetTenantMfaPolicy(new TenantId(home), policy.required()));
  }

  @Says("Decides whether everybody of a carrier must have a second factor")
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/api/carriers/{home}/mfa-policy")
  ResponseEntity<Written> carrier(@PathVariable UUID home, @Body MfaPolicy policy, Write write) {
    return write.change(carrier(home, policy));
  }

  @Says(
      value = "Decides whether everybody of one's own carrier must have a second factor",
      refuses = 404)
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/api/carrier/mfa-policy")
  ResponseEntity<Written> ownCarrier(@Body MfaPolicy policy, Caller caller, Write write) {
    return write.change(carrier(caller.tenant(), policy));
  }

  private static Command carrier(UUID carrier, MfaPolicy policy) {
    return new SetCarrierMfaPolicy(new CarrierId(carrier), policy.required());
  }
}
