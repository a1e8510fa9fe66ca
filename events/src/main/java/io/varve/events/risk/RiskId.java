package io.varve.events.risk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a risk. */
public record RiskId(@JsonValue UUID value) implements StreamId, Comparable<RiskId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RiskId {}

  @Override
  public int compareTo(RiskId other) {
    return value.compareTo(other.value);
  }
}
