package io.varve.events.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a role that a tenant has defined. */
public record RoleId(@JsonValue UUID value) implements StreamId, Comparable<RoleId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoleId {}

  @Override
  public int compareTo(RoleId other) {
    return value.compareTo(other.value);
  }
}
