package io.varve.events.outcome;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a business outcome. */
public record OutcomeId(@JsonValue UUID value) implements StreamId, Comparable<OutcomeId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OutcomeId {}

  @Override
  public int compareTo(OutcomeId other) {
    return value.compareTo(other.value);
  }
}
