package io.varve.events.posture;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.histories.Values;
import io.varve.events.kri.Colour;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskScoreTest {

  /**
   * Worked by hand. For example 5 × 5 with 0.6 and 0.5: inherent 100, what is left 0.4 × 0.5 = 0.2,
   * residual 20, amber 0.5, current 20 + 80 × 0.5 × 0.5 = 40.
   */
  @ParameterizedTest(name = "{0}x{1} with {2} and {3}: {8}, {9}")
  @CsvSource({
    "1, 1, ,               ,            4,   0,        4,       0,    4.0,   LOW",
    "5, 5, ,               ,            100, 0,        100,     0,    100.0, CRITICAL",
    "5, 5, ,               RED,         100, 0,        100,     1,    100.0, CRITICAL",
    "1, 1, ,               RED,         4,   0,        4,       1,    52.0,  HIGH",
    "1, 1, ,               GREY,        4,   0,        4,       0.25, 16.0,  LOW",
    "5, 5, 0.6 0.5,        AMBER,       100, 0.8,      20,      0.5,  40.0,  MODERATE",
    "5, 5, 0.6 0.5,        GREEN,       100, 0.8,      20,      0,    20.0,  LOW",
    "4, 3, 0.25,           GREY GREEN,  48,  0.25,     36,      0.25, 44.0,  MODERATE",
    "4, 3, 0.25,           GREEN RED,   48,  0.25,     36,      1,    68.0,  HIGH",
    "4, 3, 0.25,           GREY AMBER,  48,  0.25,     36,      0.5,  52.0,  HIGH",
    "5, 5, 1,              ,            100, 0.9,      10,      0,    10.0,  LOW",
    "5, 5, 0.9,            ,            100, 0.9,      10,      0,    10.0,  LOW",
    "5, 5, 0.95 0.95,      RED,         100, 0.9,      10,      1,    55.0,  HIGH",
    "1, 1, 0.99,           ,            4,   0.9,      0.4,     0,    0.4,   LOW",
    "5, 5, 0.8999,         ,            100, 0.8999,   10.01,   0,    10.0,  LOW",
    "5, 5, 0.9001,         ,            100, 0.9,      10,      0,    10.0,  LOW",
    "5, 5, 0,              ,            100, 0,        100,     0,    100.0, CRITICAL",
    "5, 5, 0.7505,         ,            100, 0.7505,   24.95,   0,    25.0,  MODERATE",
    "5, 5, 0.7515,         ,            100, 0.7515,   24.85,   0,    24.9,  LOW",
    "5, 5, 0.75051,        ,            100, 0.75051,  24.949,  0,    24.9,  LOW",
    "5, 5, 0.5,            ,            100, 0.5,      50,      0,    50.0,  HIGH",
    "5, 5, 0.5005,         ,            100, 0.5005,   49.95,   0,    50.0,  HIGH",
    "5, 5, 0.25,           ,            100, 0.25,     75,      0,    75.0,  CRITICAL",
    "5, 5, 0.251,          ,            100, 0.251,    74.9,    0,    74.9,  HIGH",
    "5, 5, 0.3 0.3 0.3,    ,            100, 0.657,    34.3,    0,    34.3,  MODERATE",
    "3, 3, 0.3333333,      GREY,        36,  0.333333, 24.000001, 0.25, 33.5, MODERATE",
  })
  void everyTermIsAsWorkedByHand(
      int likelihood,
      int impact,
      @Nullable String effectiveness,
      @Nullable String kris,
      int inherent,
      BigDecimal mitigation,
      BigDecimal residual,
      BigDecimal pressure,
      BigDecimal current,
      Severity severity) {
    List<Colour> colours = words(kris).map(Colour::valueOf).toList();
    RiskScore score =
        RiskScore.of(
            likelihood, impact, words(effectiveness).map(BigDecimal::new).toList(), colours);
    assertThat(score)
        .isEqualTo(
            new RiskScore(
                likelihood,
                impact,
                inherent,
                mitigation,
                residual,
                colours.isEmpty() ? null : Collections.max(colours),
                pressure,
                current,
                severity));
  }

  @Test
  void onlyLinkedControlsThatOperateMitigate() {
    Control operating = control(1, Control.Status.OPERATING);
    Control planned = control(2, Control.Status.PLANNED);
    Control failing = control(3, Control.Status.FAILING);
    Control retired = control(4, Control.Status.RETIRED);
    Control elsewhere = control(5, Control.Status.OPERATING);
    Risk risk = risk(operating, planned, failing, retired);
    RiskScore score =
        RiskScore.of(risk, List.of(operating, planned, failing, retired, elsewhere), List.of());
    assertThat(score.mitigation()).isEqualTo("0.5");
  }

  @Test
  void manyFineControlsAreNoMoreWorkThanTheyCount() {
    var fine = new BigDecimal("0.01234567890123456789");
    RiskScore score = RiskScore.of(5, 5, Collections.nCopies(500, fine), List.of(Colour.GREEN));
    assertThat(score.mitigation()).isEqualTo("0.9");
    assertThat(Json.read(Json.write(score), RiskScore.class)).isEqualTo(score);
  }

  @Provide
  Arbitrary<List<BigDecimal>> effectiveness() {
    return Values.shares().list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Colour>> colours() {
    return Arbitraries.of(Colour.class).list().ofMaxSize(4);
  }

  @Property
  void everyTermStaysInItsRange(
      @ForAll @IntRange(min = 1, max = 5) int likelihood,
      @ForAll @IntRange(min = 1, max = 5) int impact,
      @ForAll("effectiveness") List<BigDecimal> effectiveness,
      @ForAll("colours") List<Colour> colours) {
    RiskScore score = RiskScore.of(likelihood, impact, effectiveness, colours);
    assertThat(score.inherent()).isBetween(4, 100);
    assertThat(score.mitigation()).isBetween(BigDecimal.ZERO, new BigDecimal("0.9"));
    assertThat(score.residual()).isBetween(new BigDecimal("0.4"), new BigDecimal(100));
    assertThat(score.current()).isBetween(new BigDecimal("0.4"), new BigDecimal("100.0"));
    assertThat(score.current().scale()).isEqualTo(1);
    assertThat(score.severity()).isEqualTo(Severity.of(score.current()));
    assertThat(Json.read(Json.write(score), RiskScore.class)).isEqualTo(score);
  }

  @Property
  void theOrderOfControlsAndKrisDoesNotMatter(
      @ForAll("effectiveness") List<BigDecimal> effectiveness,
      @ForAll("colours") List<Colour> colours) {
    assertThat(RiskScore.of(4, 4, effectiveness.reversed(), colours.reversed()))
        .isEqualTo(RiskScore.of(4, 4, effectiveness, colours));
  }

  @Property
  void oneMoreControlNeverMakesARiskWorse(
      @ForAll("effectiveness") List<BigDecimal> effectiveness,
      @ForAll("colours") List<Colour> colours) {
    if (!effectiveness.isEmpty()) {
      List<BigDecimal> fewer = effectiveness.subList(1, effectiveness.size());
      assertThat(RiskScore.of(5, 4, effectiveness, colours).current())
          .isLessThanOrEqualTo(RiskScore.of(5, 4, fewer, colours).current());
    }
  }

  @Test
  void anOutcomeIsAsBadAsItsWorstOpenRisk() {
    RiskScore low = RiskScore.of(1, 1, List.of(), List.of());
    RiskScore high = RiskScore.of(4, 4, List.of(), List.of());
    assertThat(OutcomeSeverity.of(List.of(low, high, low)))
        .contains(new OutcomeSeverity(new BigDecimal("64.0"), Severity.HIGH));
    assertThat(OutcomeSeverity.of(List.of())).isEmpty();
  }

  private static Stream<String> words(@Nullable String text) {
    return text == null ? Stream.of() : Arrays.stream(text.split(" "));
  }

  private static Risk risk(Control... controls) {
    return new Risk(
        new RiskId(new UUID(1, 1)),
        "Ransomware",
        "",
        "Malware",
        null,
        5,
        5,
        Treatment.MITIGATE,
        Risk.Status.OPEN,
        new TreeSet<>(Arrays.stream(controls).map(Control::id).toList()));
  }

  private static Control control(int number, Control.Status status) {
    return new Control(
        new ControlId(new UUID(2, number)),
        "control_" + number,
        "Control",
        "",
        null,
        null,
        status,
        new BigDecimal("0.5"),
        Collections.emptySortedSet());
  }
}
