package io.varve.projections.seal.sink;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of an S3-compatible store.
 *
 * @param endpoint absent for Amazon's own
 * @param prefix what the names of all objects begin with; empty for none
 * @param retentionDays for how long the store lets nobody delete or change an object
 */
public record BucketSettings(
    @Nullable URI endpoint,
    String name,
    String region,
    String prefix,
    int retentionDays,
    String accessKeyId,
    String secretAccessKey) {

  /** Without the credentials. */
  @Override
  public String toString() {
    return "BucketSettings[%s, %s]".formatted(name, prefix);
  }
}
