package io.varve.bench.append;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import java.util.List;

/** Commands that begin a stream, beside plain inserts of the same row. */
public final class AppendNew implements Benchmark {

  @Override
  public String name() {
    return "append-new";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    var workload = new Workload();
    try (Server server = Server.start(effort.folder());
        Ours ours = new Ours(server, workload);
        PlainInserts peer = new PlainInserts(server, workload)) {
      ours.createNew(256, effort.warmUp());
      PlainInserts.Sample row = peer.sample("risk.identified");
      peer.createNew(row, effort.warmUp());
      double[] medians =
          Rounds.medians(
              effort.rounds(),
              List.of(
                  () -> ours.createNew(32, effort.round()),
                  () -> peer.createNew(row, effort.round()),
                  () -> ours.createNew(256, effort.round())));
      return List.of(
          new Measurement(
              "append-new 32", medians[0], medians[1], "commands/s", Target.atLeast(1.2)),
          new Measurement(
              "append-new 256", medians[2], medians[1], "commands/s", Target.atLeast(1.6)));
    }
  }
}
