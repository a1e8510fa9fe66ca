package io.varve.events.tenancy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies the platform, which is a tenant of the ledger under the same id. */
public record PlatformId(@JsonValue UUID value) implements StreamId, Comparable<PlatformId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PlatformId {}

  @Override
  public int compareTo(PlatformId other) {
    return value.compareTo(other.value);
  }
}
