package io.varve.events.vendor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a vendor. */
public record VendorId(@JsonValue UUID value) implements StreamId, Comparable<VendorId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VendorId {}

  @Override
  public int compareTo(VendorId other) {
    return value.compareTo(other.value);
  }
}
