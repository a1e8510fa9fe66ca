package io.varve.events.kri;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a key risk indicator. */
public record KriId(@JsonValue UUID value) implements StreamId, Comparable<KriId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public KriId {}

  @Override
  public int compareTo(KriId other) {
    return value.compareTo(other.value);
  }
}
