package io.varve.events.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a source of KRI values. */
public record SourceId(@JsonValue UUID value) implements StreamId, Comparable<SourceId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SourceId {}

  @Override
  public int compareTo(SourceId other) {
    return value.compareTo(other.value);
  }
}
