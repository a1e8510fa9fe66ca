package io.varve.events.tenancy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies an organization, which is a tenant of the ledger under the same id. */
public record OrganizationId(@JsonValue UUID value)
    implements StreamId, Comparable<OrganizationId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrganizationId {}

  @Override
  public int compareTo(OrganizationId other) {
    return value.compareTo(other.value);
  }
}
