package io.varve.web.identity;

import io.varve.events.access.Permission;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.RoleId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;

/** A role of a tenant's own making. */
record RoleView(
    RoleId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    String description,
    SortedSet<Permission> permissions,
    CustomRole.Status status)
    implements Versioned {

  static RoleView of(Document<CustomRole> document) {
    CustomRole role = document.state();
    return new RoleView(
        role.id(),
        document.sequence(),
        document.created(),
        document.at(),
        role.name(),
        role.description(),
        role.permissions(),
        role.status());
  }
}
