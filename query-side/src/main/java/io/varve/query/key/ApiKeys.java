package io.varve.query.key;

import io.varve.events.access.Permission;
import io.varve.events.key.ApiKey;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** API keys, without their secrets, which no read model has. */
public final class ApiKeys {

  public static final Listing<Document<ApiKey>> LISTING =
      Listing.of(
          ApiKey.STREAM,
          Permission.API_KEY_READ,
          List.of(
              Filter.oneOf("status", ApiKey.Status.class),
              Filter.oneOf("use", ApiKey.Use.class),
              Filter.id("maker"),
              new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private ApiKeys() {}
}
