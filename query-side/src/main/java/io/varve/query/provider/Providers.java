package io.varve.query.provider;

import io.varve.events.access.Permission;
import io.varve.events.provider.Provider;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Identity providers. */
public final class Providers {

  public static final Listing<Document<Provider>> LISTING =
      Listing.of(
          Provider.STREAM,
          Permission.PROVIDER_READ,
          List.of(Filter.oneOf("status", Provider.Status.class), new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private Providers() {}
}
