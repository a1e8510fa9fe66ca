package io.varve.events.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an identity provider of one home. */
public record ProviderId(@JsonValue UUID value) implements StreamId, Comparable<ProviderId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProviderId {}

  @Override
  public int compareTo(ProviderId other) {
    return value.compareTo(other.value);
  }
}
