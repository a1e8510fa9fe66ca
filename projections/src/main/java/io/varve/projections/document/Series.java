package io.varve.projections.document;

import static java.util.Comparator.comparing;

import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.postgres.Columns;
import io.varve.projections.document.Documents.Told;
import io.varve.projections.feed.LedgerEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The projection of every observation into its KRI's series. */
public final class Series {

  private static final String WRITE =
      """
      insert into read.kri_observation (
        tenant_id, kri_id, observed_at, observation_id, value, source, note, note_address, number, at)
      select *
        from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as timestamptz[]), cast(? as uuid[]),
                    cast(? as numeric[]), cast(? as uuid[]), ?, ?, ?, cast(? as timestamptz[]))
      """;

  private record Point(StreamKey key, LedgerEvent stored, KriObserved observed) {}

  private Series() {}

  public static void write(Connection connection, List<Told> told) throws SQLException {
    var points = new ArrayList<Point>();
    for (Told one : told) {
      if (one.event() instanceof KriObserved observed) {
        points.add(new Point(one.key(), one.stored(), observed));
      }
    }
    if (points.isEmpty()) {
      return;
    }
    // In the order of the primary key, so that neighbours go into the same page.
    points.sort(
        comparing((Point point) -> point.key())
            .thenComparing(point -> point.observed().observedAt()));
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      new Columns<>(statement, points)
          .text(point -> point.stored().tenant())
          .text(point -> point.stored().id())
          .text(point -> point.observed().observedAt())
          .text(point -> point.observed().observation().value())
          .text(point -> point.observed().value())
          .text(point -> point.observed().source().value())
          .text(point -> point.observed().note())
          .text(
              point ->
                  point.observed().noteAddress() == null
                      ? null
                      : point.observed().noteAddress().text())
          .number(point -> point.stored().number())
          .text(point -> point.stored().at());
      statement.executeUpdate();
    }
  }
}
