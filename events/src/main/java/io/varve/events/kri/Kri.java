package io.varve.events.kri;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriDescribed;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriEvent.KriSlugChanged;
import io.varve.events.kri.KriEvent.KriSourceAssigned;
import io.varve.events.kri.KriEvent.KriThresholdsSet;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import io.varve.events.source.Schedule;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A key risk indicator: something measured that tells early how a risk moves.
 *
 * @param slug unique in the tenant
 * @param unit what a value counts, for example {@code %} or {@code days}; may be empty
 * @param source where values are expected from
 * @param warn in the unit; a value that reaches it is amber
 * @param critical in the unit, at least as far in the bad direction as {@code warn}; a value that
 *     reaches it is red
 * @param risks the risks that it tells about; one that tells about none rolls up nowhere
 * @param current the value observed last; of two observed at the same time, the one told later
 * @param observations how many values were ever told
 */
public record Kri(
    KriId id,
    String slug,
    String name,
    String description,
    String unit,
    SourceId source,
    BigDecimal warn,
    BigDecimal critical,
    Direction direction,
    SortedSet<RiskId> risks,
    @Nullable OutcomeId outcome,
    @Nullable Observation current,
    long observations)
    implements State {

  public static final StreamDefinition<Kri, KriEvent> STREAM =
      new StreamDefinition<>("kri", Kri.class, KriEvent.class, Kri::evolve);

  /** Under which kind the ledger claims slugs. */
  public static final String SLUG = "kri.slug";

  public static final int MAX_NAME = 200;
  public static final int MAX_DESCRIPTION = 10_000;
  public static final int MAX_UNIT = 50;
  public static final int MAX_LINKS = 500;

  public Kri {
    risks = Collections.unmodifiableSortedSet(new TreeSet<>(risks));
  }

  static Kri evolve(@Nullable Kri kri, KriEvent event) {
    if (event instanceof KriDefined e) {
      return new Kri(
          e.id(),
          e.slug(),
          e.name(),
          e.description(),
          e.unit(),
          e.source(),
          e.warn(),
          e.critical(),
          e.direction(),
          Collections.emptySortedSet(),
          null,
          null,
          0);
    }
    Kri was = requireNonNull(kri);
    return switch (event) {
      case KriDefined e -> throw new IllegalStateException("a KRI is defined once");
      case KriDescribed e -> was.described(was.slug, e.name(), e.description(), e.unit());
      case KriSlugChanged e -> was.described(e.slug(), was.name, was.description, was.unit);
      case KriSourceAssigned e -> was.measured(e.source(), was.warn, was.critical, was.direction);
      case KriThresholdsSet e -> was.measured(was.source, e.warn(), e.critical(), e.direction());
      case KriLinked e -> was.linked(e.risks(), e.outcome());
      case KriObserved e -> was.observed(e.toObservation());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .slug("/slug", slug)
        .line("/name", name, MAX_NAME)
        .prose("/description", description, MAX_DESCRIPTION)
        .optionalLine("/unit", unit, MAX_UNIT)
        .decimal("/warn", warn)
        .decimal("/critical", critical)
        .size("/risks", risks, MAX_LINKS);
    checkThresholds(rules, warn, critical, direction);
    if (current != null) {
      current.check(rules, "/current");
    }
  }

  /** Reports a critical threshold that is reached before the warning. */
  public static void checkThresholds(
      Rules rules, BigDecimal warn, BigDecimal critical, Direction direction) {
    rules.hold(
        direction.reaches(critical, warn),
        "/critical",
        "short-of-warn",
        "must be at least as far in the bad direction as warn");
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(UniqueValue.inTenant(SLUG, slug, "/slug"));
  }

  /** What the current value means, however old it is. */
  public Colour colour() {
    if (current == null) {
      return Colour.GREY;
    }
    if (direction.reaches(current.value(), critical)) {
      return Colour.RED;
    }
    return direction.reaches(current.value(), warn) ? Colour.AMBER : Colour.GREEN;
  }

  /**
   * Whether the current value is too old to rely on. Without a value nothing is old.
   *
   * @param schedule how often the KRI's source delivers
   */
  public boolean stale(Instant now, Schedule schedule) {
    return current != null && current.observedAt().plus(schedule.freshFor()).isBefore(now);
  }

  private Kri described(String slug, String name, String description, String unit) {
    return new Kri(
        id,
        slug,
        name,
        description,
        unit,
        source,
        warn,
        critical,
        direction,
        risks,
        outcome,
        current,
        observations);
  }

  private Kri measured(SourceId source, BigDecimal warn, BigDecimal critical, Direction direction) {
    return new Kri(
        id,
        slug,
        name,
        description,
        unit,
        source,
        warn,
        critical,
        direction,
        risks,
        outcome,
        current,
        observations);
  }

  private Kri linked(SortedSet<RiskId> risks, @Nullable OutcomeId outcome) {
    return new Kri(
        id,
        slug,
        name,
        description,
        unit,
        source,
        warn,
        critical,
        direction,
        risks,
        outcome,
        current,
        observations);
  }

  private Kri observed(Observation told) {
    boolean later = current == null || !told.observedAt().isBefore(current.observedAt());
    return new Kri(
        id,
        slug,
        name,
        description,
        unit,
        source,
        warn,
        critical,
        direction,
        risks,
        outcome,
        later ? told : current,
        observations + 1);
  }
}
