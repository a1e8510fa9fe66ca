package io.varve.query.erasure;

import io.varve.events.access.Permission;
import io.varve.events.erasure.Erasure;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Erasures, whatever became of them. */
public final class Erasures {

  public static final Listing<Document<Erasure>> LISTING =
      Listing.of(
          Erasure.STREAM,
          Permission.ERASURE_READ,
          List.of(Filter.id("subject"), Filter.oneOf("status", Erasure.Status.class)),
          List.of(Sort.CREATED, Sort.UPDATED));

  private Erasures() {}
}
