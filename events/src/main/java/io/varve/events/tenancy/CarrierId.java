package io.varve.events.tenancy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a carrier, which is a tenant of the ledger under the same id. */
public record CarrierId(@JsonValue UUID value) implements StreamId, Comparable<CarrierId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CarrierId {}

  @Override
  public int compareTo(CarrierId other) {
    return value.compareTo(other.value);
  }
}
