package io.varve.events.export;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an export. */
public record ExportId(@JsonValue UUID value) implements StreamId, Comparable<ExportId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExportId {}

  @Override
  public int compareTo(ExportId other) {
    return value.compareTo(other.value);
  }
}
