package io.varve.query.session;

import io.varve.events.access.Permission;
import io.varve.events.session.Session;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** Sessions. One that has expired is open until its end is noted: see {@code expires}. */
public final class Sessions {

  /** Everybody's, for whoever may read in the audit trail when people sign in. */
  public static final Listing<Document<Session>> LISTING = listing(Permission.AUDIT_READ);

  /**
   * The caller's own, for whoever fixes the filter {@code user} to the caller before listing, and
   * looks at the user of what is found by its identifier.
   */
  public static final Listing<Document<Session>> OWN = listing(Permission.ACCOUNT_WRITE);

  private Sessions() {}

  private static Listing<Document<Session>> listing(Permission permission) {
    return Listing.of(
        Session.STREAM,
        permission,
        List.of(Filter.id("user"), Filter.oneOf("status", Session.Status.class)),
        List.of(Sort.CREATED));
  }
}
