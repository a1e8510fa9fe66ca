package io.varve.web.key;

import io.varve.command.kri.PushedValue;
import io.varve.events.access.Caller;
import io.varve.events.kri.ObservationId;
import io.varve.web.http.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that another system sends.
 *
 * @param kri its slug
 * @param observedAt when it was so, not in the future; absent for now
 */
record PushedObservation(
    String kri, BigDecimal value, @Nullable Instant observedAt, @Nullable String note) {

  PushedValue at(String pointer, Instant now, Caller caller) {
    return new PushedValue(
        pointer,
        kri,
        new ObservationId(Ids.next()),
        value,
        Objects.requireNonNullElse(observedAt, now),
        note,
        note == null ? null : caller.ip());
  }
}
