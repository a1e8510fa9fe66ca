package io.varve.events.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a user. */
public record UserId(@JsonValue UUID value) implements StreamId, Comparable<UserId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserId {}

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }
}
