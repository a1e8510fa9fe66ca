package io.varve.bench.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.bench.project.LedgerSeed;
import io.varve.bench.project.ReadModelRun;
import io.varve.evidence.bundle.BundleVerifier;
import io.varve.evidence.bundle.Progress;
import io.varve.evidence.note.NoteKey;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.seal.SealSettings;
import io.varve.projections.seal.Sealer;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * A whole tenant's bundle, beside PostgreSQL's COPY of the same rows to a file; and that a heap of
 * 256 MiB is enough, by a program that has no more.
 */
public final class ExportBench implements Benchmark {

  private static final int SMALL = 100_000;
  private static final int LARGE = 1_000_000;

  private static final String COPY =
      """
      copy (
        select number, tenant_id, stream, id, sequence, event_id, type, revision, at, actor_kind, actor_id,
               impersonator_kind, impersonator_id, request, payload, provenance
          from ledger.event
         order by tenant_id, number
      ) to stdout
      """;

  @Override
  public String name() {
    return "export";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    var measurements = new ArrayList<Measurement>();
    for (int events : new int[] {effort.scaled(SMALL), effort.scaled(LARGE)}) {
      measurements.addAll(run(effort, events));
    }
    return measurements;
  }

  private static List<Measurement> run(Effort effort, int events) throws Exception {
    try (Server server = Server.start(effort.folder());
        Database database = server.database(12)) {
      LedgerSeed.lay(server, 1, events);
      new ReadModelRun(server, database, events).project();
      Path secrets = Files.createTempDirectory(effort.folder(), "secrets-");
      seal(database, secrets, server, events);
      server.settle();
      UUID tenant = UUID.fromString(one(server, "select tenant_id from ledger.counter"));
      UUID platform = UUID.fromString(one(server, "select platform_id from ledger.head"));
      Path bundle = secrets.resolve("bundle.zip");
      ExportOnce.make(database, secrets, tenant, platform, bundle);
      copy(server, secrets.resolve("copy"), events);
      double[] medians =
          Rounds.medians(
              Math.min(effort.rounds(), 3),
              List.of(
                  () -> ExportOnce.make(database, secrets, tenant, platform, bundle),
                  () -> copy(server, secrets.resolve("copy"), events)));
      long began = System.nanoTime();
      NoteKey key = NoteKey.parse(one(server, "select key from ledger.seal_key"));
      new BundleVerifier(key, tenant).verify(bundle, Progress.NONE);
      double verified = events * 1e9 / (System.nanoTime() - began);
      double heap = heap(server.login(), secrets, tenant, platform, bundle) / 1024.0 / 1024.0;
      String of = " of " + events;
      delete(secrets);
      return List.of(
          new Measurement("export" + of, medians[0], medians[1], "events/s", Target.atLeast(0.5)),
          new Measurement("export verified" + of, verified, null, "events/s", null),
          new Measurement("export heap" + of, heap, null, "MiB", Target.atMost(256)));
    }
  }

  private static void seal(Database database, Path secrets, Server server, int events)
      throws Exception {
    SealKeys keys = SealKeys.open(secrets.resolve(SealKeys.NAME), Clock.systemUTC());
    try (var sealer =
        new Sealer(database, Clock.systemUTC(), keys, List.of(), SealSettings.DEFAULT, "bench")) {
      sealer.start();
      while (!one(server, "select coalesce(max(size), 0) from ledger.checkpoint")
          .equals(Integer.toString(events))) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static double copy(Server server, Path file, int events) throws Exception {
    long began = System.nanoTime();
    try (Connection connection = server.connect();
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY, out);
      if (rows != events) {
        throw new IllegalStateException("copied " + rows);
      }
    }
    double perSecond = events * 1e9 / (System.nanoTime() - began);
    Files.delete(file);
    return perSecond;
  }

  /** The most bytes that were used at once, garbage among them. */
  private static long heap(
      ConnectionSettings login, Path secrets, UUID tenant, UUID platform, Path bundle)
      throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ExportOnce.class.getName(),
            secrets.toString(),
            tenant.toString(),
            platform.toString(),
            bundle.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "BENCH_URL", login.url(),
                "BENCH_USER", login.user(),
                "BENCH_PASSWORD", login.password()));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("256 MiB were not enough");
    }
    return Long.parseLong(out.lines().toList().getLast());
  }

  private static String one(Server server, String sql) throws Exception {
    try (Connection connection = server.connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
