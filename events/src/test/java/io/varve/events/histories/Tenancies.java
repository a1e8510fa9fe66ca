package io.varve.events.histories;

import static io.varve.events.histories.Values.flags;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.organizations;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Arbitraries.oneOf;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.CarrierEvent.CarrierCreated;
import io.varve.events.tenancy.CarrierEvent.CarrierMfaPolicySet;
import io.varve.events.tenancy.CarrierEvent.CarrierRenamed;
import io.varve.events.tenancy.CarrierId;
import io.varve.events.tenancy.KeyRing;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationEvent.OrganizationCreated;
import io.varve.events.tenancy.OrganizationEvent.OrganizationDescribed;
import io.varve.events.tenancy.OrganizationEvent.OrganizationMfaPolicySet;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformEvent.PlatformKeyRotated;
import io.varve.events.tenancy.PlatformEvent.PlatformMfaPolicySet;
import io.varve.events.tenancy.PlatformEvent.PlatformRenamed;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.events.tenancy.TenancyEvent.TenantDescribed;
import io.varve.events.tenancy.TenancyEvent.TenantMfaPolicySet;
import io.varve.events.tenancy.TenancyEvent.TenantRetentionSet;
import io.varve.events.tenancy.TenancyEvent.TenantRetired;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Histories of the platform, of organizations, carriers and tenants. */
final class Tenancies {

  private Tenancies() {}

  static Plot platform() {
    return new Plot(
        Platform.STREAM,
        combine(uuids().map(PlatformId::new), lines()).as(PlatformSetUp::new),
        oneOf(
            lines().map(PlatformRenamed::new),
            flags().map(PlatformMfaPolicySet::new),
            combine(Arbitraries.of(KeyRing.class), Arbitraries.integers().between(2, 9))
                .as(PlatformKeyRotated::new)));
  }

  static Plot carrier() {
    return new Plot(
        Carrier.STREAM,
        combine(uuids().map(CarrierId::new), lines()).as(CarrierCreated::new),
        oneOf(lines().map(CarrierRenamed::new), flags().map(CarrierMfaPolicySet::new)));
  }

  static Plot organization() {
    Arbitrary<Organization.Kind> kinds = Arbitraries.of(Organization.Kind.class);
    return new Plot(
        Organization.STREAM,
        combine(organizations(), lines(), kinds).as(OrganizationCreated::new),
        oneOf(
            combine(lines(), kinds).as(OrganizationDescribed::new),
            flags().map(OrganizationMfaPolicySet::new)));
  }

  static Plot tenant() {
    Arbitrary<Tenant.Size> sizes = Arbitraries.of(Tenant.Size.class);
    return new Plot(
        Tenant.STREAM,
        combine(uuids().map(TenantId::new), organizations(), lines(), lines(), sizes)
            .as(TenantCreated::new),
        oneOf(
            combine(lines(), lines(), sizes).as(TenantDescribed::new),
            flags().map(TenantMfaPolicySet::new),
            combine(days(365), days(90), days(30), days(365)).as(TenantRetentionSet::new),
            just(new TenantRetired())));
  }

  private static Arbitrary<Integer> days(int most) {
    return Arbitraries.integers().between(1, most);
  }
}
