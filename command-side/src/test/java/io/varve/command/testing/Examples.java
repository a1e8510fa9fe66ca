package io.varve.command.testing;

import io.varve.command.control.AdoptControl;
import io.varve.command.identity.DefineRole;
import io.varve.command.identity.RegisterUser;
import io.varve.command.kri.DefineKri;
import io.varve.command.kri.ObserveKri;
import io.varve.command.outcome.DefineOutcome;
import io.varve.command.risk.IdentifyRisk;
import io.varve.command.source.RegisterSource;
import io.varve.command.tenancy.CreateOrganization;
import io.varve.command.tenancy.CreateTenant;
import io.varve.command.vendor.RegisterVendor;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Commands that are accepted, for tests that begin with something being there. */
public final class Examples {

  private Examples() {}

  public static IdentifyRisk risk(RiskId id, ControlId... controls) {
    return new IdentifyRisk(
        id, "Ransomware", "", "malware", null, 3, 4, Treatment.MITIGATE, setOf(controls));
  }

  public static RegisterSource source(SourceId id) {
    return new RegisterSource(
        id,
        "Scanner",
        Source.Kind.CONNECTOR,
        null,
        "https://scanner.example/api",
        Source.Auth.BEARER,
        Schedule.DAILY,
        Config.empty(),
        null);
  }

  public static DefineKri kri(KriId id, String slug, SourceId source) {
    return new DefineKri(
        id,
        slug,
        "Unpatched hosts",
        "",
        "%",
        source,
        new BigDecimal("5"),
        new BigDecimal("10"),
        Direction.HIGHER_IS_WORSE,
        setOf(),
        null);
  }

  public static ObserveKri observation(KriId kri, String value, Instant at) {
    return new ObserveKri(
        kri, new ObservationId(UUID.randomUUID()), new BigDecimal(value), at, null, null, null);
  }

  public static AdoptControl control(ControlId id, String slug) {
    return new AdoptControl(
        id,
        slug,
        "Account management",
        "Accounts are managed.",
        "nist-800-53r5:ac-2",
        null,
        Control.Status.OPERATING,
        new BigDecimal("0.5"),
        setOf("T1078"));
  }

  public static DefineOutcome outcome(OutcomeId id, RiskId... risks) {
    return new DefineOutcome(id, "Ship on time", "", null, setOf(risks));
  }

  public static RegisterVendor vendor(VendorId id) {
    return new RegisterVendor(
        id, "Cloud Ltd", "hosting", 1, null, setOf("orders"), Vendor.Status.ACTIVE, null);
  }

  public static CreateOrganization organization(OrganizationId id) {
    return new CreateOrganization(id, "Acme", Organization.Kind.COMPANY);
  }

  public static CreateTenant tenant(TenantId id, OrganizationId organization) {
    return new CreateTenant(id, organization, "Acme Europe", "retail", Tenant.Size.MEDIUM);
  }

  /**
   * @param email what stands for the address, from which its hash is made up
   */
  public static RegisterUser user(UserId id, String email, Role role) {
    return new RegisterUser(
        id,
        Node.sealed(id.value(), 1),
        Node.sealed(id.value(), 2),
        hash(email),
        role,
        setOf(),
        null);
  }

  public static DefineRole role(RoleId id, String name, Permission... permissions) {
    return new DefineRole(id, name, "", setOf(permissions));
  }

  public static String hash(String email) {
    return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** A caller in a tenant that exists. */
  public static Caller tenantOf(Node node) {
    var organization = new OrganizationId(UUID.randomUUID());
    node.send(Node.caller(organization.value()), organization(organization));
    Caller caller = Node.caller();
    node.send(caller, tenant(new TenantId(caller.tenant()), organization));
    return caller;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends Comparable<T>> SortedSet<T> setOf(T... values) {
    var set = new TreeSet<T>();
    Collections.addAll(set, values);
    return set;
  }
}
