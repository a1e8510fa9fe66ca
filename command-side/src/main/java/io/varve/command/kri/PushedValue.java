package io.varve.command.kri;

import io.varve.events.kri.Observation;
import io.varve.events.kri.ObservationId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that another system sends for a KRI, which it knows by its slug.
 *
 * @param pointer where it stands in what was sent, as a prefix of its fields' JSON pointers
 * @param observation made by the sender of the command (UUID version 7)
 * @param value in the KRI's unit
 * @param noteAddress the address of the note's author
 */
public record PushedValue(
    String pointer,
    String kri,
    ObservationId observation,
    BigDecimal value,
    Instant observedAt,
    @Nullable String note,
    @Nullable Personal noteAddress) {

  void check(Rules rules) {
    rules.slug(pointer + "/kri", kri);
    Observation.check(rules, pointer, value, observedAt, note, noteAddress);
  }
}
