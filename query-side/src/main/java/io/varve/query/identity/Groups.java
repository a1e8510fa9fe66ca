package io.varve.query.identity;

import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.AnyOf;
import io.varve.query.Filter.Contains;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Groups of users, those that were removed among them. */
public final class Groups {

  public static final Listing<Document<Group>> LISTING =
      Listing.of(
          Group.STREAM,
          Permission.GROUP_READ,
          List.of(
              Filter.oneOf("status", Group.Status.class),
              new AnyOf(
                  "externalId", "d.external_id", "text", List.of(), "what a directory calls it"),
              new Linked(
                  "member",
                  "d.doc -> 'members' ??| cast(? as text[])",
                  "a user who is in the group"),
              new Linked(
                  "role", "d.doc -> 'roles' ??| cast(? as text[])", "a role that members have"),
              new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private Groups() {}
}
