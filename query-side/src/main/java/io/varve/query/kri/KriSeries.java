package io.varve.query.kri;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.kri.Observation;
import io.varve.events.kri.ObservationId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.query.Cursors;
import io.varve.query.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All values that a KRI ever had, in the order in which it had them. */
public final class KriSeries {

  public static final Permission PERMISSION = Permission.OBSERVATION_READ;

  private static final String OLDEST_FIRST =
      """
      select observation_id, value, observed_at, source, note, note_address, number, at
        from read.kri_observation
       where tenant_id = ?
         and kri_id = ?
         and observed_at >= ?
         and observed_at < ?
         and (observed_at, observation_id) > (?, ?)
       order by observed_at, observation_id
       limit ?
      """;

  private static final String NEWEST_FIRST =
      """
      select observation_id, value, observed_at, source, note, note_address, number, at
        from read.kri_observation
       where tenant_id = ?
         and kri_id = ?
         and observed_at >= ?
         and observed_at < ?
         and (observed_at, observation_id) < (?, ?)
       order by observed_at desc, observation_id desc
       limit ?
      """;

  /** No observation is before the one or after the other. */
  private static final Instant BEGINNING = Observation.EARLIEST.minusSeconds(1);

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  private final Database database;
  private final Cursors cursors;

  public KriSeries(Database database, Cursors cursors) {
    this.database = database;
    this.cursors = cursors;
  }

  /**
   * A page of a series; empty when there is no such KRI in the caller's tenant.
   *
   * @throws io.varve.events.rule.InvalidException if the limit or the cursor is none of this series
   * @throws io.varve.events.access.ForbiddenException if the caller may not read observations
   */
  public Page<SeriesPoint> list(Caller caller, UUID kri, SeriesQuery query) {
    caller.require(PERMISSION);
    new Rules().range("/limit", query.limit(), 1, SeriesQuery.MAX_LIMIT).enforce();
    String question =
        "series %s %s %s %s".formatted(kri, query.from(), query.to(), query.newestFirst());
    Instant observed = query.newestFirst() ? END : BEGINNING;
    UUID observation = query.newestFirst() ? HIGHEST : LOWEST;
    if (query.cursor() != null) {
      List<String> place = cursors.read(caller.tenant(), question, query.cursor(), 2);
      observed = Instant.parse(place.getFirst());
      observation = UUID.fromString(place.getLast());
    }
    List<SeriesPoint> points = read(caller.tenant(), kri, query, observed, observation);
    boolean more = points.size() > query.limit();
    List<SeriesPoint> shown = more ? points.subList(0, query.limit()) : points;
    return new Page<>(shown, more ? cursor(caller.tenant(), question, shown.getLast()) : null);
  }

  private String cursor(UUID tenant, String question, SeriesPoint last) {
    Observation at = last.observation();
    return cursors.write(
        tenant, question, List.of(at.observedAt().toString(), at.id().value().toString()));
  }

  private List<SeriesPoint> read(
      UUID tenant, UUID kri, SeriesQuery query, Instant observed, UUID observation) {
    return database.query(
        Scope.query(tenant),
        query.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, kri);
          statement.setObject(first + 2, time(query.from(), BEGINNING));
          statement.setObject(first + 3, time(query.to(), END));
          statement.setObject(first + 4, time(observed, observed));
          statement.setObject(first + 5, observation);
          statement.setInt(first + 6, query.limit() + 1);
        },
        KriSeries::point);
  }

  private static OffsetDateTime time(@Nullable Instant asked, Instant otherwise) {
    Instant time = asked == null ? otherwise : asked;
    Instant bounded = time.isBefore(BEGINNING) ? BEGINNING : time.isAfter(END) ? END : time;
    return bounded.atOffset(ZoneOffset.UTC);
  }

  private static SeriesPoint point(ResultSet row) throws SQLException {
    String address = row.getString(6);
    return new SeriesPoint(
        new Observation(
            new ObservationId(row.getObject(1, UUID.class)),
            row.getBigDecimal(2),
            row.getObject(3, OffsetDateTime.class).toInstant(),
            new SourceId(row.getObject(4, UUID.class)),
            row.getString(5),
            address == null ? null : Personal.parse(address)),
        row.getLong(7),
        row.getObject(8, OffsetDateTime.class).toInstant());
  }
}
