package io.varve.query.outcome;

import io.varve.events.access.Permission;
import io.varve.events.outcome.Outcome;
import io.varve.events.posture.OutcomeSeverity;
import io.varve.events.posture.Severity;
import io.varve.query.Filter;
import io.varve.query.Filter.AnyOf;
import io.varve.query.Filter.Contains;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Listing.More;
import io.varve.query.Sort;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Outcomes with their severities. */
public final class Outcomes {

  private static final More SEVERITY =
      new More(
          ", p.score, p.severity",
          """

            join read.outcome_posture p on p.tenant_id = d.tenant_id and p.id = d.id\
          """,
          2);

  public static final Listing<RatedOutcome> LISTING =
      new Listing<>(
          Outcome.STREAM,
          Permission.OUTCOME_READ,
          List.of(
              Filter.id("owner"),
              new AnyOf(
                  "severity",
                  "coalesce(p.severity, 'none')",
                  "text",
                  List.of("none", "low", "moderate", "high", "critical"),
                  "one of none, low, moderate, high, critical"),
              new Linked(
                  "risk", "d.doc -> 'risks' ??| cast(? as text[])", "a risk linked to the outcome"),
              new Contains("q", "d.title")),
          List.of(
              Sort.CREATED,
              Sort.UPDATED,
              Sort.by("title", "text"),
              new Sort("score", "p.tenths", "smallint", "p.id")),
          SEVERITY,
          (document, row, now) -> new RatedOutcome(document, severity(row)));

  private Outcomes() {}

  private static @Nullable OutcomeSeverity severity(ResultSet row) throws SQLException {
    BigDecimal score = row.getBigDecimal(Listing.EXTRA);
    return score == null
        ? null
        : new OutcomeSeverity(
            score, Severity.valueOf(row.getString(Listing.EXTRA + 1).toUpperCase(Locale.ROOT)));
  }
}
