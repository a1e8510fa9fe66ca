package io.varve.command.notice;

import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.notice.NoticeId;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in a window that is over.
 *
 * @param caller by whom it was done, as far as all of it was done alike
 * @param missing what of it is not in the ledger yet
 */
record Tallied(Caller caller, List<NoteMisuse> missing) {

  /** Reads a row of {@link TallySweep}. */
  static Tallied read(ResultSet row) throws SQLException {
    Misuse misuse = Misuse.read(row.getString(4), row.getString(5));
    var missing = new ArrayList<NoteMisuse>();
    if (!row.getBoolean(12)) {
      missing.add(new NoteMisuse(misuse.noted(notice(row, 2), 1, time(row, 8), time(row, 8))));
    }
    long more = row.getLong(9);
    if (more > 0 && !row.getBoolean(13)) {
      missing.add(new NoteMisuse(misuse.noted(notice(row, 3), more, time(row, 10), time(row, 11))));
    }
    Actor actor = Json.read(row.getString(6), Actor.class);
    String impersonator = row.getString(7);
    return new Tallied(
        caller(
            row.getObject(1, UUID.class),
            actor,
            impersonator == null ? null : Json.read(impersonator, Actor.class)),
        missing);
  }

  private static Caller caller(UUID tenant, Actor actor, @Nullable Actor impersonator) {
    return new Caller(
        tenant,
        actor,
        impersonator,
        Set.of(Permission.SECURITY_NOTE),
        Set.of(),
        Via.SYSTEM,
        null,
        null,
        null,
        null);
  }

  private static NoticeId notice(ResultSet row, int column) throws SQLException {
    return new NoticeId(row.getObject(column, UUID.class));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
