package io.varve.events.key;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an API key. It is no part of the key. */
public record ApiKeyId(@JsonValue UUID value) implements StreamId, Comparable<ApiKeyId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ApiKeyId {}

  @Override
  public int compareTo(ApiKeyId other) {
    return value.compareTo(other.value);
  }
}
