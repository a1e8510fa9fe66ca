package io.varve.query.vendor;

import io.varve.events.access.Permission;
import io.varve.events.vendor.Vendor;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.AnyOf;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Vendors. */
public final class Vendors {

  public static final Listing<Document<Vendor>> LISTING =
      Listing.of(
          Vendor.STREAM,
          Permission.VENDOR_READ,
          List.of(
              Filter.text("category"),
              Filter.level("tier", 1, 3),
              Filter.id("owner"),
              Filter.oneOf("status", Vendor.Status.class),
              new AnyOf(
                  "decision",
                  "coalesce(d.decision, 'none')",
                  "text",
                  List.of("none", "accept", "remediate", "exit"),
                  "one of none, accept, remediate, exit"),
              new Contains("q", "d.name")),
          List.of(
              Sort.CREATED,
              Sort.UPDATED,
              Sort.by("name", "text"),
              Sort.by("category", "text"),
              Sort.by("tier", "smallint")));

  private Vendors() {}
}
