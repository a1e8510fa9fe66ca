package io.varve.query.tenancy;

import io.varve.events.access.Permission;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.Tenant;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/**
 * Who is where. Each stands in its own tenant and in that of whoever governs it: an organization's
 * callers list its tenants, the platform's all there is.
 */
public final class Tenancy {

  public static final Listing<Document<Platform>> PLATFORM =
      Listing.of(Platform.STREAM, Permission.ORGANIZATION_READ, List.of(), List.of(Sort.CREATED));

  public static final Listing<Document<Organization>> ORGANIZATIONS =
      Listing.of(
          Organization.STREAM,
          Permission.ORGANIZATION_READ,
          List.of(Filter.oneOf("kind", Organization.Kind.class), new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  public static final Listing<Document<Tenant>> TENANTS =
      Listing.of(
          Tenant.STREAM,
          Permission.TENANT_READ,
          List.of(
              Filter.id("organization"),
              Filter.text("industry"),
              Filter.oneOf("size", Tenant.Size.class),
              Filter.oneOf("status", Tenant.Status.class),
              new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  public static final Listing<Document<Carrier>> CARRIERS =
      Listing.of(
          Carrier.STREAM,
          Permission.CARRIER_READ,
          List.of(new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private Tenancy() {}
}
