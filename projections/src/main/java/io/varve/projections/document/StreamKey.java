package io.varve.projections.document;

import java.util.UUID;

/** Names a stream: its id, in its tenant. */
public record StreamKey(UUID tenant, UUID id) implements Comparable<StreamKey> {

  @Override
  public int compareTo(StreamKey other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant == 0 ? id.compareTo(other.id) : byTenant;
  }
}
