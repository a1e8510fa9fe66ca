package io.varve.events.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a control. */
public record ControlId(@JsonValue UUID value) implements StreamId, Comparable<ControlId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ControlId {}

  @Override
  public int compareTo(ControlId other) {
    return value.compareTo(other.value);
  }
}
