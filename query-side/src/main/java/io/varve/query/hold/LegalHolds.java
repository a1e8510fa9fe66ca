package io.varve.query.hold;

import io.varve.events.access.Permission;
import io.varve.events.hold.Hold;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Legal holds, those that were released among them. */
public final class LegalHolds {

  public static final Listing<Document<Hold>> LISTING =
      Listing.of(
          Hold.STREAM,
          Permission.HOLD_READ,
          List.of(Filter.text("matter"), Filter.oneOf("status", Hold.Status.class)),
          List.of(Sort.CREATED, Sort.UPDATED));

  private LegalHolds() {}
}
