package io.varve.events.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a group of users. */
public record GroupId(@JsonValue UUID value) implements StreamId, Comparable<GroupId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GroupId {}

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }
}
