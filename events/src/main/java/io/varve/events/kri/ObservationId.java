package io.varve.events.kri;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an observation, made by the server (UUID version 7). */
public record ObservationId(@JsonValue UUID value) implements Comparable<ObservationId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ObservationId {}

  @Override
  public int compareTo(ObservationId other) {
    return value.compareTo(other.value);
  }
}
