package io.varve.events.tenancy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a tenant: of the platform, and under the same id of the ledger. */
public record TenantId(@JsonValue UUID value) implements StreamId, Comparable<TenantId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TenantId {}

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }
}
