package io.varve.query.identity;

import io.varve.events.access.Permission;
import io.varve.events.identity.Impersonation;
import io.varve.query.Document;
import io.varve.query.Filter;
import io.varve.query.Filter.Flag;
import io.varve.query.Listing;
import io.varve.query.Sort;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Who acted as whom in a tenant, and who does now. */
public final class Impersonations {

  private static final String LASTING =
      "(d.status = 'started' and cast(d.doc ->> 'until' as timestamptz) > ?)";

  public static final Listing<Document<Impersonation>> LISTING =
      Listing.of(
          Impersonation.STREAM,
          Permission.IMPERSONATION_READ,
          List.of(
              Filter.id("user"),
              Filter.id("admin"),
              Filter.oneOf("status", Impersonation.Status.class),
              new Flag("lasting", LASTING, "whether it goes on now", Impersonations::now)),
          List.of(Sort.CREATED, Sort.UPDATED));

  private Impersonations() {}

  private static int now(PreparedStatement statement, int first, Instant now) throws SQLException {
    statement.setObject(first, now.atOffset(ZoneOffset.UTC));
    return first + 1;
  }
}
