package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlId;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeRisksLinked;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores and severities against what a person computes from DOMAIN.md. */
class PostureTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @AutoClose private final Fixture fixture = new Fixture();
  private final Projections projections = fixture.projections(Fixture.settings(1, 1, 4));
  private final History history = new History(99);
  private final RiskId risk = new RiskId(UUID.randomUUID());
  private final KriId kri = new KriId(UUID.randomUUID());
  private final ControlId control = new ControlId(UUID.randomUUID());
  private final OutcomeId outcome = new OutcomeId(UUID.randomUUID());

  @BeforeEach
  void aRiskWithEverythingLinkedToIt() {
    projections.start();
    history.tell(
        risk, new RiskIdentified(risk, "Ransom", "", "cyber", null, 4, 3, Treatment.MITIGATE));
    history.tell(
        control,
        new ControlDefined(
            control,
            "backups",
            "Backups",
            "",
            null,
            null,
            Control.Status.PLANNED,
            new BigDecimal("0.5"),
            new TreeSet<>()));
    history.tell(risk, new RiskControlsLinked(new TreeSet<>(List.of(control))));
    history.tell(
        kri,
        new KriDefined(
            kri,
            "unpatched",
            "Unpatched hosts",
            "",
            "%",
            new SourceId(UUID.randomUUID()),
            new BigDecimal("10"),
            new BigDecimal("20"),
            Direction.HIGHER_IS_WORSE));
    history.tell(kri, new KriLinked(new TreeSet<>(List.of(risk)), null));
    history.tell(outcome, new OutcomeDefined(outcome, "Ship daily", "", null));
    history.tell(outcome, new OutcomeRisksLinked(new TreeSet<>(List.of(risk))));
    project();
  }

  @AfterEach
  void stop() {
    projections.close();
  }

  @Test
  void aKriWithoutAValueIsGreyAndPressesAQuarter() {
    // 4 × 3 × 4 = 48; nothing operates; 48 + 52 × 0.5 × 0.25 = 54.5
    assertThat(fixture.score(history.tenant, risk.value()))
        .isEqualTo("4 3 48 0 48 grey 0.25 54.5 high");
    assertThat(fixture.severity(history.tenant, outcome.value())).isEqualTo("54.5 high");
  }

  @Test
  void anOperatingControlTakesItsShareAway() {
    history.tell(control, new ControlAssessed(Control.Status.OPERATING, new BigDecimal("0.5")));
    project();
    // 48 × 0.5 = 24; 24 + 76 × 0.125 = 33.5
    assertThat(fixture.score(history.tenant, risk.value()))
        .isEqualTo("4 3 48 0.5 24 grey 0.25 33.5 moderate");
    history.tell(control, new ControlAssessed(Control.Status.FAILING, new BigDecimal("0.5")));
    project();
    assertThat(fixture.severity(history.tenant, outcome.value())).isEqualTo("54.5 high");
  }

  @Test
  void theValueObservedLastCountsAndNotTheOneToldLast() {
    observe("25", NOON);
    // 48 + 52 × 0.5 = 74
    assertThat(fixture.score(history.tenant, risk.value())).isEqualTo("4 3 48 0 48 red 1 74 high");
    observe("5", NOON.minusSeconds(3600));
    assertThat(fixture.score(history.tenant, risk.value())).isEqualTo("4 3 48 0 48 red 1 74 high");
    observe("12", NOON.plusSeconds(1));
    // 48 + 52 × 0.25 = 61
    assertThat(fixture.score(history.tenant, risk.value()))
        .isEqualTo("4 3 48 0 48 amber 0.5 61 high");
    fixture.assertHolds(history);
  }

  @Test
  void aRiskThatIsUnlinkedOrClosedCountsNoMore() {
    history.tell(kri, new KriLinked(new TreeSet<>(), null));
    project();
    assertThat(fixture.score(history.tenant, risk.value()))
        .isEqualTo("4 3 48 0 48 null 0 48 moderate");
    assertThat(fixture.severity(history.tenant, outcome.value())).isEqualTo("48 moderate");
    history.tell(risk, new RiskClosed());
    project();
    assertThat(fixture.severity(history.tenant, outcome.value())).isEqualTo("null null");
  }

  @Test
  void aKriThatKeepsItsColourMovesNothing() {
    observe("25", NOON);
    String before = fixture.version("risk_posture");
    observe("30", NOON.plusSeconds(1));
    assertThat(fixture.version("risk_posture")).isEqualTo(before);
    assertThat(history.all(Kri.class).getFirst().observations()).isEqualTo(2);
  }

  private void observe(String value, Instant at) {
    history.tell(
        kri,
        new KriObserved(
            new ObservationId(UUID.randomUUID()),
            new BigDecimal(value),
            at,
            new SourceId(UUID.randomUUID()),
            null,
            null));
    project();
  }

  private void project() {
    fixture.ledger.append(history.take(), Instant.now());
    fixture.awaitProgress(history);
  }
}
