package io.varve.events.kri;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.StreamId;
import io.varve.events.UniqueValue;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriEvent.KriSlugChanged;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.rule.Violation;
import io.varve.events.source.Schedule;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KriTest {

  private static final SourceId SOURCE = new SourceId(new UUID(7, 1));
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest(name = "{0} warn {1} critical {2}: {3} is {4}")
  @CsvSource({
    "HIGHER_IS_WORSE, 14,   30,    13.99, GREEN",
    "HIGHER_IS_WORSE, 14,   30,    14,    AMBER",
    "HIGHER_IS_WORSE, 14,   30,    14.00, AMBER",
    "HIGHER_IS_WORSE, 14,   30,    29.99, AMBER",
    "HIGHER_IS_WORSE, 14,   30,    30,    RED",
    "HIGHER_IS_WORSE, 14,   30,    31,    RED",
    "HIGHER_IS_WORSE, 14,   30,    -5,    GREEN",
    "HIGHER_IS_WORSE, 14,   14,    14,    RED",
    "LOWER_IS_WORSE,  99.5, 97.25, 99.51, GREEN",
    "LOWER_IS_WORSE,  99.5, 97.25, 99.5,  AMBER",
    "LOWER_IS_WORSE,  99.5, 97.25, 97.26, AMBER",
    "LOWER_IS_WORSE,  99.5, 97.25, 97.25, RED",
    "LOWER_IS_WORSE,  99.5, 97.25, 0,     RED",
    "LOWER_IS_WORSE,  0,    0,     0.00,  RED",
  })
  void theColourSaysWhichThresholdIsReached(
      Direction direction, BigDecimal warn, BigDecimal critical, BigDecimal value, Colour colour) {
    assertThat(observed(defined(direction, warn, critical), value, NOON).colour())
        .isEqualTo(colour);
  }

  @Test
  void aKriWithoutAValueIsGreyAndNeverStale() {
    Kri kri = kri();
    assertThat(kri.colour()).isEqualTo(Colour.GREY);
    assertThat(kri.stale(Instant.MAX, Schedule.HOURLY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"HOURLY, PT2H", "DAILY, PT48H", "WEEKLY, P14D", "MANUAL, P90D"})
  void aValueIsStaleOnceItIsOlderThanItsScheduleAllows(Schedule schedule, Duration allowed) {
    Kri kri = observed(kri(), BigDecimal.TEN, NOON);
    assertThat(kri.stale(NOON, schedule)).isFalse();
    assertThat(kri.stale(NOON.plus(allowed), schedule)).isFalse();
    assertThat(kri.stale(NOON.plus(allowed).plusNanos(1), schedule)).isTrue();
  }

  @Test
  void aStaleValueKeepsItsColour() {
    Kri kri = observed(kri(), new BigDecimal(99), Instant.EPOCH);
    assertThat(kri.stale(NOON, Schedule.DAILY)).isTrue();
    assertThat(kri.colour()).isEqualTo(Colour.RED);
  }

  @Test
  void aValueToldLateDoesNotReplaceOneObservedLater() {
    Kri kri = observed(kri(), BigDecimal.ONE, NOON);
    kri = observed(kri, BigDecimal.TWO, NOON.minusSeconds(1));
    assertThat(kri.current()).extracting(Observation::value).isEqualTo(BigDecimal.ONE);
    assertThat(kri.observations()).isEqualTo(2);
  }

  @Test
  void ofTwoValuesObservedAtTheSameTimeTheOneToldLaterCounts() {
    Kri kri = observed(kri(), BigDecimal.ONE, NOON);
    kri = observed(kri, BigDecimal.TWO, NOON);
    assertThat(kri.current()).extracting(Observation::value).isEqualTo(BigDecimal.TWO);
  }

  @Test
  void twoTimesWithinAMicrosecondAreTheSameTime() {
    Kri kri = observed(kri(), BigDecimal.ONE, NOON.plusNanos(999));
    kri = observed(kri, BigDecimal.TWO, NOON);
    assertThat(kri.current()).extracting(Observation::value).isEqualTo(BigDecimal.TWO);
  }

  @Property
  void theCurrentValueIsTheOneObservedLastInWhateverOrderTheyAreTold(
      @ForAll @NotEmpty List<@IntRange(max = 5) Integer> seconds) {
    Kri kri = kri();
    int last = 0;
    for (int i = 0; i < seconds.size(); i++) {
      kri = observed(kri, BigDecimal.valueOf(i), NOON.plusSeconds(seconds.get(i)));
      last = seconds.get(i) >= seconds.get(last) ? i : last;
    }
    assertThat(kri.current()).extracting(Observation::value).isEqualTo(BigDecimal.valueOf(last));
    assertThat(kri.observations()).isEqualTo(seconds.size());
  }

  @ParameterizedTest
  @CsvSource({
    "HIGHER_IS_WORSE, 30, 29.99, short-of-warn",
    "LOWER_IS_WORSE,  30, 30.01, short-of-warn",
    "HIGHER_IS_WORSE, 30, 30,",
    "LOWER_IS_WORSE,  30, 30.0,"
  })
  void criticalIsAtLeastAsFarInTheBadDirectionAsWarn(
      Direction direction, BigDecimal warn, BigDecimal critical, String broken) {
    var rules = new Rules();
    defined(direction, warn, critical).check(rules);
    assertThat(rules.violations())
        .extracting(Violation::code)
        .isEqualTo(broken == null ? List.of() : List.of(broken));
  }

  @Test
  void anObservationFromTheFutureIsRefusedAndOneOfThisVeryMomentIsNot() {
    assertThat(broken(NOON, NOON)).isEmpty();
    assertThat(broken(NOON.plusNanos(1_000), NOON)).containsExactly("in-the-future");
    assertThat(broken(Instant.EPOCH.minusNanos(1_000), NOON)).containsExactly("out-of-range");
  }

  @Test
  void anAddressWithoutANoteIsRefused() {
    var observation =
        new Observation(
            new ObservationId(new UUID(0, 1)),
            BigDecimal.ONE,
            NOON,
            SOURCE,
            null,
            Personal.of(new UUID(0, 2), new byte[] {1}));
    var rules = new Rules();
    observation.check(rules, NOON);
    assertThat(rules.violations()).extracting(Violation::pointer).containsExactly("/noteAddress");
  }

  @Test
  void anotherSlugIsClaimedAndTheOldOneIsFree() {
    Kri kri = Kri.STREAM.evolve(kri(), new KriSlugChanged("new_slug"));
    assertThat(kri().uniqueValues())
        .containsExactly(UniqueValue.inTenant("kri.slug", "patch_age", "/slug"));
    assertThat(kri.uniqueValues())
        .containsExactly(UniqueValue.inTenant("kri.slug", "new_slug", "/slug"));
    assertThat((StreamId) kri.id()).isEqualTo(kri().id());
  }

  private static List<String> broken(Instant observedAt, Instant now) {
    var rules = new Rules();
    new Observation(
            new ObservationId(new UUID(0, 1)), BigDecimal.ONE, observedAt, SOURCE, null, null)
        .check(rules, now);
    return rules.violations().stream().map(Violation::code).toList();
  }

  private static Kri kri() {
    return defined(Direction.HIGHER_IS_WORSE, new BigDecimal(14), new BigDecimal(30));
  }

  private static Kri defined(Direction direction, BigDecimal warn, BigDecimal critical) {
    return Kri.STREAM.evolve(
        null,
        new KriDefined(
            new KriId(new UUID(7, 2)),
            "patch_age",
            "Patch age",
            "",
            "days",
            SOURCE,
            warn,
            critical,
            direction));
  }

  private static Kri observed(Kri kri, BigDecimal value, Instant at) {
    return Kri.STREAM.evolve(
        kri, new KriObserved(new ObservationId(new UUID(7, 3)), value, at, SOURCE, null, null));
  }
}
