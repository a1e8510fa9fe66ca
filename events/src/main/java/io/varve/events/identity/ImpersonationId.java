package io.varve.events.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an impersonation. */
public record ImpersonationId(@JsonValue UUID value)
    implements StreamId, Comparable<ImpersonationId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ImpersonationId {}

  @Override
  public int compareTo(ImpersonationId other) {
    return value.compareTo(other.value);
  }
}
