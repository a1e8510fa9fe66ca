package io.varve.events.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a session. It is no secret and opens nothing. */
public record SessionId(@JsonValue UUID value) implements StreamId, Comparable<SessionId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SessionId {}

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }
}
