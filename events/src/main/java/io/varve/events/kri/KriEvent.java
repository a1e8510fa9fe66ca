package io.varve.events.kri;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.personal.Personal;
import io.varve.events.risk.RiskId;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to a KRI. */
public sealed interface KriEvent extends TenantEvent {

  /** It was decided what to measure and how far it may go. The KRI begins unlinked. */
  @EventType(value = "kri.defined", says = "defined the KRI {it}")
  record KriDefined(
      KriId id,
      String slug,
      String name,
      String description,
      String unit,
      SourceId source,
      BigDecimal warn,
      BigDecimal critical,
      Direction direction)
      implements KriEvent {}

  /** What is measured was put in other words. */
  @EventType(value = "kri.described", says = "described the KRI {it} in other words")
  record KriDescribed(String name, String description, String unit) implements KriEvent {}

  /** The KRI goes by another slug; the old one is free again. */
  @EventType(value = "kri.slug-changed", says = "changed the slug of the KRI {it}")
  record KriSlugChanged(String slug) implements KriEvent {}

  /** Its values are expected from another source. */
  @EventType(value = "kri.source-assigned", says = "assigned another source to the KRI {it}")
  record KriSourceAssigned(SourceId source) implements KriEvent {}

  /** How far it may go was decided again. */
  @EventType(value = "kri.thresholds-set", says = "changed the thresholds of the KRI {it}")
  record KriThresholdsSet(BigDecimal warn, BigDecimal critical, Direction direction)
      implements KriEvent {}

  /** From now on the KRI tells about these risks and this outcome, and no others. */
  @EventType(value = "kri.linked", says = "changed the links of the KRI {it}")
  record KriLinked(SortedSet<RiskId> risks, @Nullable OutcomeId outcome) implements KriEvent {
    public KriLinked {
      risks = Collections.unmodifiableSortedSet(new TreeSet<>(risks));
    }
  }

  /**
   * A value was observed. It may be told late; the time it was observed decides whether it is the
   * current one.
   *
   * @param observedAt cut to the microsecond, which is what the ledger's database can tell apart
   * @param noteAddress the address of the note's author
   */
  @EventType(value = "kri.observed", says = "recorded a value of the KRI {it}")
  record KriObserved(
      ObservationId observation,
      BigDecimal value,
      Instant observedAt,
      SourceId source,
      @Nullable String note,
      @Nullable Personal noteAddress)
      implements KriEvent {
    public KriObserved {
      observedAt = observedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same, as a state holds it. */
    public Observation toObservation() {
      return new Observation(observation, value, observedAt, source, note, noteAddress);
    }
  }
}
