package io.varve.events.erasure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an erasure. */
public record ErasureId(@JsonValue UUID value) implements StreamId, Comparable<ErasureId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ErasureId {}

  @Override
  public int compareTo(ErasureId other) {
    return value.compareTo(other.value);
  }
}
