package io.varve.web.tenancy;

import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;

/** An organization. */
record OrganizationView(
    OrganizationId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    Organization.Kind kind)
    implements Versioned {

  static OrganizationView of(Document<Organization> document) {
    return new OrganizationView(
        document.state().id(),
        document.sequence(),
        document.created(),
        document.at(),
        document.state().name(),
        document.state().kind());
  }
}
