package io.varve.command.kri;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.kri.KriId;
import io.varve.events.kri.Observation;
import io.varve.events.kri.ObservationId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells a value that a KRI has or had. It may be told late, but not before it is so.
 *
 * @param observation made by the sender (UUID version 7)
 * @param value in the KRI's unit
 * @param source where it came from; null for the KRI's own source
 * @param noteAddress the address of the note's author
 */
@Requires(Permission.OBSERVATION_WRITE)
public record ObserveKri(
    KriId id,
    ObservationId observation,
    BigDecimal value,
    Instant observedAt,
    @Nullable SourceId source,
    @Nullable String note,
    @Nullable Personal noteAddress)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    Observation.check(rules, "", value, observedAt, note, noteAddress);
  }
}
