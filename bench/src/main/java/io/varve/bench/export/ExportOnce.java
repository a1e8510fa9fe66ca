package io.varve.bench.export;

import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.provenance.Actor;
import io.varve.evidence.bundle.BundleWriter.Finished;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Vault;
import io.varve.projections.seal.SealKeys;
import io.varve.query.QuerySide;
import io.varve.query.export.BundleMaking;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;

/** Makes the bundle of a whole tenant, also as a program of its own with a small heap. */
final class ExportOnce {

  private ExportOnce() {}

  /** Arguments: secrets, tenant, platform, file; the database comes by the environment. */
  public static void main(String... arguments) throws IOException {
    var login =
        new ConnectionSettings(
            System.getenv("BENCH_URL"),
            System.getenv("BENCH_USER"),
            System.getenv("BENCH_PASSWORD"));
    try (Database database = new Database(login, 4)) {
      make(
          database,
          Path.of(arguments[0]),
          UUID.fromString(arguments[1]),
          UUID.fromString(arguments[2]),
          Path.of(arguments[3]));
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println(peak);
  }

  /** Events per second. */
  static double make(Database database, Path secrets, UUID tenant, UUID platform, Path file)
      throws IOException {
    Files.deleteIfExists(file);
    Clock clock = Clock.systemUTC();
    SealKeys keys = SealKeys.open(secrets.resolve(SealKeys.NAME), clock);
    try (Vault vault = new Vault(database, KeyFile.open(secrets.resolve("key")), platform)) {
      var queries = new QuerySide(database, clock, new byte[32]);
      var making = new BundleMaking(database, vault, queries.seals(), clock);
      var export =
          new Export(
              new ExportId(new UUID(1, 1)),
              ExportScope.TENANT,
              "benchmark",
              Export.Personal.SEALED,
              Actor.system(tenant),
              Export.Status.REQUESTED,
              null,
              null,
              new TreeSet<>(),
              0);
      long began = System.nanoTime();
      Finished finished =
          making.make(tenant, export, Instant.EPOCH, null, file, keys::signer, (done, of) -> {});
      return finished.manifest().events() * 1e9 / (System.nanoTime() - began);
    }
  }
}
