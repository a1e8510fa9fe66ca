package io.varve.query.identity;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Users; what is personal of them is encrypted. */
public final class Users {

  public static final Listing<Document<User>> LISTING =
      Listing.of(
          User.STREAM,
          Permission.USER_READ,
          List.of(
              Filter.oneOf("role", Role.class),
              Filter.oneOf("status", User.Status.class),
              new Linked(
                  "customRole",
                  "d.doc -> 'roles' ??| cast(? as text[])",
                  "a role of the tenant's own making that the user has, groups aside")),
          List.of(Sort.CREATED, Sort.UPDATED));

  private Users() {}
}
