package io.varve.command.kri;

import static io.varve.command.testing.Examples.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriId;
import io.varve.events.kri.Observation;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KriAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final SourceId source = new SourceId(UUID.randomUUID());
  private final RiskId risk = new RiskId(UUID.randomUUID());
  private final OutcomeId outcome = new OutcomeId(UUID.randomUUID());
  private final KriId id = new KriId(UUID.randomUUID());

  @BeforeEach
  void aSourceARiskAndAnOutcome() {
    node.send(caller, Examples.source(source));
    node.send(caller, Examples.risk(risk));
    node.send(caller, Examples.outcome(outcome));
  }

  @Test
  void anUnlinkedKriIsValid() {
    node.send(caller, Examples.kri(id, "unpatched", source));
    assertThat(node.ledger().types(id)).containsExactly("kri.defined");
  }

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    var other = new SourceId(UUID.randomUUID());
    node.send(caller, Examples.source(other));
    node.send(caller, Examples.kri(id, "unpatched", source));
    var revised =
        new ReviseKri(
            id,
            "unpatched_hosts",
            "Hosts without patches",
            "",
            "%",
            other,
            new BigDecimal("10"),
            new BigDecimal("5"),
            Direction.LOWER_IS_WORSE,
            setOf(risk),
            outcome);
    node.send(caller, revised);
    assertThat(node.send(caller, revised).number()).isZero();
    assertThat(node.ledger().types(id))
        .containsExactly(
            "kri.defined",
            "kri.described",
            "kri.slug-changed",
            "kri.source-assigned",
            "kri.thresholds-set",
            "kri.linked");
  }

  @Test
  void criticalIsAtLeastAsFarInTheBadDirectionAsWarn() {
    assertThat(node.violations(caller, thresholds("5", "4.9", Direction.HIGHER_IS_WORSE)))
        .containsExactly("/critical short-of-warn");
    assertThat(node.violations(caller, thresholds("5", "5.1", Direction.LOWER_IS_WORSE)))
        .containsExactly("/critical short-of-warn");
    node.send(caller, thresholds("5", "5", Direction.LOWER_IS_WORSE));
  }

  @Test
  void everythingThatItLinksToIsInTheTenantAndOfTheRightKind() {
    var wrong =
        new DefineKri(
            id,
            "unpatched",
            "Unpatched hosts",
            "",
            "%",
            new SourceId(risk.value()),
            BigDecimal.ONE,
            BigDecimal.TEN,
            Direction.HIGHER_IS_WORSE,
            setOf(new RiskId(source.value())),
            new OutcomeId(UUID.randomUUID()));
    assertThat(node.violations(caller, wrong))
        .containsExactly(
            "/source no-such-source", "/risks no-such-risk", "/outcome no-such-outcome");
  }

  @Test
  void theCurrentValueIsTheOneObservedLastNotTheOneToldLast() {
    node.send(caller, Examples.kri(id, "unpatched", source));
    Instant now = node.clock().instant();
    node.send(caller, Examples.observation(id, "7", now));
    node.send(caller, Examples.observation(id, "99", now.minus(Duration.ofDays(400))));
    Kri kri = node.ledger().state(Kri.STREAM, id);
    assertThat(kri.current()).extracting(Observation::value).isEqualTo(new BigDecimal("7"));
    assertThat(kri.observations()).isEqualTo(2);
    assertThat(kri.current()).extracting(Observation::source).isEqualTo(source);
  }

  @Test
  void aTimeInTheFutureIsRefused() {
    node.send(caller, Examples.kri(id, "unpatched", source));
    Instant soon = node.clock().instant().plusNanos(1_000);
    assertThat(node.violations(caller, Examples.observation(id, "7", soon)))
        .containsExactly("/observedAt in-the-future");
    assertThat(node.violations(caller, Examples.observation(id, "7", Instant.MIN)))
        .containsExactly("/observedAt out-of-range");
    assertThat(node.ledger().types(id)).containsExactly("kri.defined");
  }

  @Test
  void anotherSourceMayTellAValueIfThereIsOne() {
    node.send(caller, Examples.kri(id, "unpatched", source));
    var other = new SourceId(UUID.randomUUID());
    assertThat(node.violations(caller, toldBy(other))).containsExactly("/source no-such-source");
    node.send(caller, Examples.source(other));
    node.send(caller, toldBy(other));
    assertThat(node.ledger().state(Kri.STREAM, id).current())
        .extracting(Observation::source)
        .isEqualTo(other);
  }

  @Test
  void aLongStreamIsFoldedFromASnapshotOnANodeThatNeverSawIt() {
    node.send(caller, Examples.kri(id, "unpatched", source));
    Instant start = node.clock().instant().minus(Duration.ofDays(1));
    for (int i = 0; i < 620; i++) {
      node.send(caller, Examples.observation(id, Integer.toString(i), start.plusSeconds(i)));
    }
    try (Node other = node.another()) {
      var receipt = other.send(caller, Examples.observation(id, "1000", start.plusSeconds(1000)));
      assertThat(receipt.answer().sequence()).isEqualTo(621);
    }
    assertThat(node.ledger().state(Kri.STREAM, id).observations()).isEqualTo(621);
  }

  private ObserveKri toldBy(SourceId other) {
    return new ObserveKri(
        id,
        new ObservationId(UUID.randomUUID()),
        new BigDecimal("3.50"),
        node.clock().instant(),
        other,
        "by hand",
        null);
  }

  private DefineKri thresholds(String warn, String critical, Direction direction) {
    return new DefineKri(
        id,
        "unpatched",
        "Unpatched hosts",
        "",
        "",
        source,
        new BigDecimal(warn),
        new BigDecimal(critical),
        direction,
        setOf(),
        null);
  }
}
