package io.varve.web.tenancy;

import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;

/** A tenant. */
record TenantView(
    TenantId id,
    long version,
    Instant created,
    Instant updated,
    OrganizationId organization,
    String name,
    String industry,
    Tenant.Size size,
    Tenant.Status status)
    implements Versioned {

  static TenantView of(Document<Tenant> document) {
    Tenant tenant = document.state();
    return new TenantView(
        tenant.id(),
        document.sequence(),
        document.created(),
        document.at(),
        tenant.organization(),
        tenant.name(),
        tenant.industry(),
        tenant.size(),
        tenant.status());
  }
}
