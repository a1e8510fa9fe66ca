package io.varve.web.seal;

import io.varve.projections.seal.sink.BucketSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is sealed, and where what is signed goes outside the database.
 *
 * @param pause for how long events are gathered before they are sealed together
 * @param idle after how long the log is signed although nothing happened
 * @param folder where each note becomes a file; absent for {@code seals} in the data folder of an
 *     installation that runs its own database, and else for none
 * @param bucket absent for none
 */
@ConfigurationProperties("varve.seal")
record SealProperties(
    @DefaultValue("2s") Duration pause,
    @DefaultValue("10s") Duration idle,
    @Nullable Path folder,
    @Nullable Bucket bucket) {

  /**
   * A bucket of an S3-compatible store that locks objects.
   *
   * @param endpoint absent for Amazon's own
   * @param retentionDays for how long nobody can delete an object
   * @param accessKeyId from a secret file, as the other
   */
  record Bucket(
      String name,
      @Nullable URI endpoint,
      @DefaultValue("us-east-1") String region,
      @DefaultValue("") String prefix,
      @DefaultValue("3650") int retentionDays,
      String accessKeyId,
      String secretAccessKey) {

    BucketSettings settings() {
      return new BucketSettings(
          endpoint, name, region, prefix, retentionDays, accessKeyId, secretAccessKey);
    }

    /** Without the credentials. */
    @Override
    public String toString() {
      return "Bucket[%s]".formatted(name);
    }
  }
}
