package io.varve.query.risk;

import io.varve.events.access.Permission;
import io.varve.events.kri.Colour;
import io.varve.events.posture.RiskScore;
import io.varve.events.posture.Severity;
import io.varve.events.risk.Risk;
import io.varve.events.risk.Treatment;
import io.varve.query.Filter;
import io.varve.query.Filter.AnyOf;
import io.varve.query.Filter.Contains;
import io.varve.query.Filter.Linked;
import io.varve.query.Listing;
import io.varve.query.Listing.More;
import io.varve.query.Sort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Risks with their scores. */
public final class Risks {

  private static final More SCORE =
      new More(
          """
          , p.likelihood, p.impact, p.inherent, p.mitigation, p.residual, p.worst, p.pressure,
                 p.current, p.severity\
          """,
          """

            join read.risk_posture p on p.tenant_id = d.tenant_id and p.id = d.id\
          """,
          9);

  public static final Listing<RatedRisk> LISTING =
      new Listing<>(
          Risk.STREAM,
          Permission.RISK_READ,
          List.of(
              Filter.oneOf("status", Risk.Status.class),
              Filter.oneOf("treatment", Treatment.class),
              Filter.text("category"),
              Filter.id("owner"),
              Filter.level("likelihood", 1, 5),
              Filter.level("impact", 1, 5),
              new AnyOf(
                  "severity",
                  "p.severity",
                  "text",
                  List.of("low", "moderate", "high", "critical"),
                  "one of low, moderate, high, critical"),
              new Linked(
                  "control",
                  "d.doc -> 'controls' ??| cast(? as text[])",
                  "a control linked to the risk"),
              new Contains("q", "d.title")),
          List.of(
              Sort.CREATED,
              Sort.UPDATED,
              Sort.by("title", "text"),
              Sort.by("likelihood", "smallint"),
              Sort.by("impact", "smallint"),
              new Sort("score", "p.tenths", "smallint", "p.id")),
          SCORE,
          (document, row, now) -> new RatedRisk(document, score(row)));

  private Risks() {}

  private static RiskScore score(ResultSet row) throws SQLException {
    int at = Listing.EXTRA;
    String worst = row.getString(at + 5);
    return new RiskScore(
        row.getInt(at),
        row.getInt(at + 1),
        row.getInt(at + 2),
        row.getBigDecimal(at + 3),
        row.getBigDecimal(at + 4),
        worst == null ? null : Colour.valueOf(worst.toUpperCase(Locale.ROOT)),
        row.getBigDecimal(at + 6),
        row.getBigDecimal(at + 7),
        Severity.valueOf(row.getString(at + 8).toUpperCase(Locale.ROOT)));
  }
}
