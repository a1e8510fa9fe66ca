package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.catalog.Streams;
import io.varve.events.control.Control;
import io.varve.events.kri.Kri;
import io.varve.events.outcome.Outcome;
import io.varve.events.posture.OutcomeSeverity;
import io.varve.events.posture.RiskScore;
import io.varve.events.risk.Risk;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database, a ledger in it, and what the read models should hold. */
final class Fixture implements AutoCloseable {

  final TestDatabase test;
  final Database database;
  final TestLedger ledger;

  Fixture() {
    this(TestDatabase.migrated());
  }

  Fixture(TestDatabase test) {
    this.test = test;
    this.database = new Database(test.login(), 8);
    this.ledger = new TestLedger(database);
  }

  Projections projections(Settings settings) {
    return new Projections(database, Clock.systemUTC(), settings, tenant -> {});
  }

  static Settings settings(int segments, int maxSegments, int blocks) {
    return new Settings(segments, 2, maxSegments, blocks, Duration.ofSeconds(3));
  }

  void awaitCaughtUp(Projections projections) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              assertThat(projections.health().error()).isNull();
              assertThat(projections.health().lag()).isZero();
            });
  }

  /** Every read model of a tenant against its history. */
  void assertHolds(History history) {
    var found = new HashMap<UUID, State>();
    for (StreamDefinition<?, ?> stream : Streams.all()) {
      found.putAll(documents(history.tenant, stream));
    }
    assertThat(found.keySet()).isEqualTo(history.states.keySet());
    history.states.forEach(
        (id, state) -> assertThat(Json.tree(found.get(id))).isEqualTo(Json.tree(state)));
    assertThat(series(history.tenant)).isEqualTo(history.observations.size());
    assertPosture(history);
  }

  private void assertPosture(History history) {
    Map<UUID, String> scores = new HashMap<>();
    Map<UUID, RiskScore> byRisk = new HashMap<>();
    for (Risk risk : history.all(Risk.class)) {
      RiskScore score = RiskScore.of(risk, history.all(Control.class), history.all(Kri.class));
      byRisk.put(risk.id().value(), score);
      scores.put(
          risk.id().value(),
          text(
              score.likelihood(),
              score.impact(),
              score.inherent(),
              score.mitigation(),
              score.residual(),
              score.worst(),
              score.pressure(),
              score.current(),
              score.severity()));
    }
    assertThat(scores(history.tenant)).isEqualTo(scores);
    for (Outcome outcome : history.all(Outcome.class)) {
      List<RiskScore> open =
          history.all(Risk.class).stream()
              .filter(risk -> outcome.risks().contains(risk.id()))
              .filter(risk -> risk.status() == Risk.Status.OPEN)
              .map(risk -> byRisk.get(risk.id().value()))
              .toList();
      String expected =
          OutcomeSeverity.of(open).map(s -> text(s.score(), s.severity())).orElse("null null");
      assertThat(severity(history.tenant, outcome.id().value())).isEqualTo(expected);
    }
  }

  private static String text(@Nullable Object... values) {
    return Arrays.stream(values)
        .map(
            value ->
                switch (value) {
                  case null -> "null";
                  case BigDecimal number -> number.stripTrailingZeros().toPlainString();
                  case Enum<?> name -> Json.MAPPER.convertValue(name, String.class);
                  default -> value.toString();
                })
        .collect(Collectors.joining(" "));
  }

  Map<UUID, State> documents(UUID tenant, StreamDefinition<?, ?> stream) {
    return database
        .query(
            Scope.query(tenant),
            "select id, doc from read.\"" + stream.name() + "\"",
            (statement, first) -> {},
            row ->
                Map.entry(
                    row.getObject(1, UUID.class),
                    (State) Json.read(row.getString(2), stream.stateType())))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private int series(UUID tenant) {
    return one(tenant, "select count(*) from read.kri_observation").intValue();
  }

  long progress(UUID tenant) {
    return one(tenant, "select coalesce(max(number), 0) from read.progress").longValue();
  }

  private Long one(UUID tenant, String sql) {
    return database
        .queryOne(Scope.query(tenant), sql, (statement, first) -> {}, row -> row.getLong(1))
        .orElseThrow();
  }

  private Map<UUID, String> scores(UUID tenant) {
    return database
        .query(
            Scope.query(tenant),
            """
            select id, likelihood, impact, inherent, mitigation, residual, worst, pressure, current, severity
              from read.risk_posture
            """,
            (statement, first) -> {},
            row ->
                Map.entry(
                    row.getObject(1, UUID.class),
                    text(
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getBigDecimal(5),
                        row.getBigDecimal(6),
                        row.getString(7),
                        row.getBigDecimal(8),
                        row.getBigDecimal(9),
                        row.getString(10))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  String severity(UUID tenant, UUID outcome) {
    return database
        .queryOne(
            Scope.query(tenant),
            "select score, severity from read.outcome_posture where id = ?",
            (statement, first) -> statement.setObject(first, outcome),
            row -> text(row.getBigDecimal(1), row.getString(2)))
        .orElse("missing");
  }

  @Nullable String score(UUID tenant, UUID risk) {
    return scores(tenant).get(risk);
  }

  void awaitProgress(History history) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> progress(history.tenant) == history.length());
  }

  /** Changes whenever a row of the table is written. */
  String version(String table) {
    return database
        .query(
            Scope.projector(),
            "select cast(xmin as text) || cast(ctid as text) from read." + table + " order by 1",
            (statement, first) -> {},
            row -> row.getString(1))
        .toString();
  }

  /** All rows of all read models, as text: for telling whether anything changed. */
  List<String> everything() {
    return List.of(
            "risk",
            "kri",
            "control",
            "outcome",
            "vendor",
            "source",
            "kri_observation",
            "link",
            "risk_posture",
            "outcome_posture",
            "progress",
            "audit_index",
            "audit_progress")
        .stream()
        .flatMap(table -> rows(table).stream())
        .toList();
  }

  private List<String> rows(String table) {
    return database.query(
        Scope.projector(),
        "select cast(t as text) from read." + table + " t order by 1",
        (statement, first) -> {},
        row -> table + " " + row.getString(1));
  }

  @Override
  public void close() {
    database.close();
    test.close();
  }
}
