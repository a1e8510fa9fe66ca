package io.varve.bench.seal;

import io.varve.bench.Server;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.seal.SealSettings;
import io.varve.projections.seal.Sealer;
import io.varve.projections.verify.LedgerVerification;
import io.varve.projections.verify.OutsideCheckpoints;
import io.varve.projections.verify.Progress;
import io.varve.projections.verify.Progress.Phase;
import io.varve.projections.verify.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Seals and verifies a ledger that is there. */
final class SealRun {

  private static final String UNSEALED =
      """
      select h.position - s.position from ledger.head h, ops.sealing s
      """;

  private final Server server;
  private final Database database;
  private final SealKeys keys;
  private final int events;

  SealRun(Server server, Database database, int events) {
    this.server = server;
    this.database = database;
    this.keys = SealKeys.open(server.folder().resolve(SealKeys.NAME), Clock.systemUTC());
    this.events = events;
  }

  /** From no seal to all events sealed. */
  double seal() throws Exception {
    server.execute(
        "alter table ledger.checkpoint disable trigger append_only",
        "alter table ledger.log_checkpoint disable trigger append_only",
        "alter table ledger.seal_key disable trigger append_only",
        "truncate ledger.tile, ledger.checkpoint, ledger.log_tile, ledger.log_checkpoint, ledger.seal_key",
        "update ops.sealing set position = 0",
        "checkpoint");
    try (var sealer =
        new Sealer(database, Clock.systemUTC(), keys, List.of(), SealSettings.DEFAULT, "bench")) {
      long began = System.nanoTime();
      sealer.start();
      while (unsealed() > 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return perSecond(began);
    }
  }

  /** A sealed ledger from its beginning to its end. */
  double verify(boolean streamsToo) {
    long began = System.nanoTime();
    verify(streamsToo, (phase, done, total) -> {});
    return perSecond(began);
  }

  /**
   * What is in use once so much of the events has been gone through.
   *
   * @return mebibytes, for each share
   */
  List<Double> liveHeap(List<Double> shares) {
    var measured = new ArrayList<Double>();
    verify(
        false,
        (phase, done, total) -> {
          int next = measured.size();
          if (phase == Phase.SEALS && next < shares.size() && done >= shares.get(next) * total) {
            measured.add(liveHeap());
          }
        });
    return measured;
  }

  private void verify(boolean streamsToo, Progress progress) {
    Verdict verdict =
        new LedgerVerification(database, OutsideCheckpoints.NONE, progress)
            .verify(null, streamsToo);
    if (!verdict.ok() || verdict.sealed() != events) {
      throw new IllegalStateException(verdict.toString());
    }
  }

  private static double liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20);
  }

  private long unsealed() {
    return database
        .queryOne(Scope.projector(), UNSEALED, (statement, first) -> {}, row -> row.getLong(1))
        .orElseThrow();
  }

  private double perSecond(long began) {
    return events * 1e9 / (System.nanoTime() - began);
  }
}
