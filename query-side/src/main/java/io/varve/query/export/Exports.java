package io.varve.query.export;

import io.varve.events.access.Permission;
import io.varve.events.export.Export;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Exports, those whose bundle is gone among them. */
public final class Exports {

  public static final Listing<Document<Export>> LISTING =
      Listing.of(
          Export.STREAM,
          Permission.EXPORT_READ,
          List.of(Filter.oneOf("status", Export.Status.class)),
          List.of(Sort.CREATED, Sort.UPDATED));

  private Exports() {}
}
