package io.varve.bench.seal;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.bench.project.LedgerSeed;
import io.varve.postgres.Database;
import java.util.List;

/**
 * A ledger of a hundred tenants, sealed from its beginning and then verified: the seals alone, and
 * with every stream folded again. More than can ever be appended must keep up; memory must not grow
 * with the ledger.
 */
public final class Seal implements Benchmark {

  private static final int EVENTS = 1_000_000;
  private static final int TENANTS = 100;
  private static final int CONNECTIONS = 8;

  @Override
  public String name() {
    return "seal";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    int events = effort.scaled(EVENTS);
    try (Server server = Server.start(effort.folder());
        Database database = server.database(CONNECTIONS)) {
      LedgerSeed.lay(server, TENANTS, events);
      var run = new SealRun(server, database, events);
      double[] medians =
          Rounds.medians(
              Math.min(effort.rounds(), 3),
              List.of(run::seal, () -> run.verify(false), () -> run.verify(true)));
      List<Double> heap = run.liveHeap(List.of(0.1, 0.9));
      return List.of(
          rate("seal", medians[0]),
          rate("verify, seals", medians[1]),
          rate("verify, seals and streams", medians[2]),
          new Measurement("verify, live heap after 10 %", heap.get(0), null, "MiB", null),
          new Measurement("verify, live heap after 90 %", heap.get(1), null, "MiB", null));
    }
  }

  private static Measurement rate(String name, double perSecond) {
    return new Measurement(name, perSecond, null, "events/s", Target.atLeast(100_000));
  }
}
