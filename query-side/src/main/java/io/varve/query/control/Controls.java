package io.varve.query.control;

import io.varve.events.access.Permission;
import io.varve.events.control.Control;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Controls. */
public final class Controls {

  public static final Listing<Document<Control>> LISTING =
      Listing.of(
          Control.STREAM,
          Permission.CONTROL_READ,
          List.of(
              Filter.text("slug"),
              Filter.oneOf("status", Control.Status.class),
              Filter.text("framework"),
              Filter.id("owner"),
              new Linked(
                  "risk",
                  """
                  exists (select from read.risk r
                           where r.tenant_id = d.tenant_id and r.id = any (cast(? as uuid[]))
                             and r.doc -> 'controls' ?? cast(d.id as text))\
                  """,
                  "a risk that the control is linked to"),
              new Contains("q", "d.title")),
          List.of(
              Sort.CREATED,
              Sort.UPDATED,
              Sort.by("slug", "text"),
              Sort.by("title", "text"),
              Sort.by("status", "text"),
              Sort.by("effectiveness", "numeric")));

  private Controls() {}
}
