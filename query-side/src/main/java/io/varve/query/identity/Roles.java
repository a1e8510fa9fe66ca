package io.varve.query.identity;

import io.varve.events.access.Permission;
import io.varve.events.identity.CustomRole;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Roles of a tenant's own making. */
public final class Roles {

  public static final Listing<Document<CustomRole>> LISTING =
      Listing.of(
          CustomRole.STREAM,
          Permission.ROLE_READ,
          List.of(Filter.oneOf("status", CustomRole.Status.class), new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private Roles() {}
}
