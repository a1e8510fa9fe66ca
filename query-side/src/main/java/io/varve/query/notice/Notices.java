package io.varve.query.notice;

import io.varve.events.access.Permission;
import io.varve.events.notice.Notice;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.util.List;

/** What was noted of misuse. By whom is in the audit trail. */
public final class Notices {

  public static final Listing<Document<Notice>> LISTING =
      Listing.of(
          Notice.STREAM,
          Permission.AUDIT_READ,
          List.of(Filter.oneOf("kind", Notice.Kind.class)),
          List.of(Sort.CREATED));

  private Notices() {}
}
