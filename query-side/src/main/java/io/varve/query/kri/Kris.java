package io.varve.query.kri;

import io.varve.events.Json;
import io.varve.events.access.Permission;
import io.varve.events.kri.Kri;
import io.varve.events.source.Schedule;
import io.varve.query.Filter;
import io.varve.query.Filter.AnyOf;
import io.varve.query.Filter.Contains;
import io.varve.query.Filter.Flag;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Listing.More;
import io.varve.query.Sort;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** KRIs with their colours. */
public final class Kris {

  private static final More SCHEDULE =
      new More(
          ", s.schedule",
          """

            left join read.source s on s.tenant_id = d.tenant_id and s.id = d.source\
          """,
          1);

  private static final String STALE =
      "d.observed_at < (cast(? as timestamptz[]))[array_position(cast(? as text[]), s.schedule)]";

  public static final Listing<ColouredKri> LISTING =
      new Listing<>(
          Kri.STREAM,
          Permission.KRI_READ,
          List.of(
              Filter.text("slug"),
              new AnyOf(
                  "colour",
                  "(array['green', 'grey', 'amber', 'red'])[d.colour + 1]",
                  "text",
                  List.of("green", "grey", "amber", "red"),
                  "one of green, grey, amber, red"),
              Filter.id("source"),
              Filter.id("outcome"),
              new Linked(
                  "risk", "d.doc -> 'risks' ??| cast(? as text[])", "a risk linked to the KRI"),
              Flag.of("linked", "d.linked", "whether it is linked to a risk or an outcome"),
              new Flag("stale", STALE, "whether its value is too old to rely on", Kris::cutoffs),
              new Contains("q", "d.name")),
          List.of(
              Sort.CREATED,
              Sort.UPDATED,
              Sort.by("slug", "text"),
              Sort.by("name", "text"),
              Sort.by("colour", "smallint")),
          SCHEDULE,
          (document, row, now) -> {
            Kri kri = document.state();
            String schedule = row.getString(Listing.EXTRA);
            boolean stale =
                schedule != null
                    && kri.stale(now, Schedule.valueOf(schedule.toUpperCase(Locale.ROOT)));
            return new ColouredKri(document, kri.colour(), stale);
          });

  private Kris() {}

  /** For each schedule, the earliest time of a value that is still fresh. */
  private static int cutoffs(PreparedStatement statement, int first, Instant now)
      throws SQLException {
    Schedule[] schedules = Schedule.values();
    Object[] times =
        Arrays.stream(schedules)
            .map(schedule -> now.minus(schedule.freshFor()).atOffset(ZoneOffset.UTC).toString())
            .toArray();
    Object[] names =
        Arrays.stream(schedules)
            .map(schedule -> Json.MAPPER.convertValue(schedule, String.class))
            .toArray();
    Array cutoffs = statement.getConnection().createArrayOf("text", times);
    statement.setArray(first, cutoffs);
    statement.setArray(first + 1, statement.getConnection().createArrayOf("text", names));
    return first + 2;
  }
}
