package io.varve.events.hold;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a legal hold. */
public record HoldId(@JsonValue UUID value) implements StreamId, Comparable<HoldId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public HoldId {}

  @Override
  public int compareTo(HoldId other) {
    return value.compareTo(other.value);
  }
}
