package io.varve.web.seal;

import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.projections.seal.SealHealth;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.seal.SealSettings;
import io.varve.projections.seal.Sealer;
import io.varve.projections.seal.sink.BucketSink;
import io.varve.projections.seal.sink.FolderSink;
import io.varve.projections.seal.sink.Sink;
import io.varve.projections.seal.sink.SinkException;
import io.varve.web.DatabaseSettings;
import io.varve.web.seal.SealProperties.Bucket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sealing, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealProperties.class)
public class SealConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SealConfiguration.class);

  @Bean
  static SealKeys sealKeys(DataFolder folder, Clock clock) {
    return SealKeys.open(folder.secretFile(SealKeys.NAME), clock);
  }

  @Bean(initMethod = "start")
  static Sealer sealer(
      Database database,
      Clock clock,
      SealKeys keys,
      SealProperties properties,
      DatabaseSettings settings,
      DataFolder folder) {
    return new Sealer(
        database,
        clock,
        keys,
        sinks(properties, settings, folder, clock),
        new SealSettings(
            properties.pause(),
            SealSettings.DEFAULT.events(),
            properties.idle(),
            SealSettings.DEFAULT.lease()),
        folder.secret("node"));
  }

  /**
   * No part of {@code /health/ready}: a node that does not seal serves all the same, and says so.
   */
  @Bean
  static HealthIndicator sealerHealthIndicator(Sealer sealer) {
    return () -> {
      SealHealth health = sealer.health();
      return health.ok() ? Health.up().build() : Health.status(new Status("DEGRADED")).build();
    };
  }

  private static List<Sink> sinks(
      SealProperties properties, DatabaseSettings settings, DataFolder folder, Clock clock) {
    var sinks = new ArrayList<Sink>();
    Path files = properties.folder();
    if (files == null && settings.owner() != null) {
      files = folder.root().resolve("seals");
    }
    if (files != null) {
      sinks.add(new FolderSink(files));
    }
    if (properties.bucket() != null) {
      sinks.add(bucket(properties.bucket(), clock));
    }
    return sinks;
  }

  /** One that cannot be reached now is asked again before anything is sealed. */
  private static Sink bucket(Bucket bucket, Clock clock) {
    var sink = new BucketSink(bucket.settings(), clock);
    try {
      sink.requireLock();
    } catch (SinkException unreachable) {
      log.warn("Nothing is sealed until the bucket {} answers", bucket.name(), unreachable);
    }
    return sink;
  }
}
