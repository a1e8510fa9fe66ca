package io.varve.query.source;

import io.varve.events.access.Permission;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Contains;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Sources of KRIs' values. */
public final class Sources {

  public static final Listing<Document<Source>> LISTING =
      Listing.of(
          Source.STREAM,
          Permission.SOURCE_READ,
          List.of(
              Filter.oneOf("kind", Source.Kind.class),
              Filter.oneOf("state", Source.Activity.class),
              Filter.oneOf("schedule", Schedule.class),
              Filter.id("vendor"),
              new Contains("q", "d.name")),
          List.of(Sort.CREATED, Sort.UPDATED, Sort.by("name", "text")));

  private Sources() {}
}
