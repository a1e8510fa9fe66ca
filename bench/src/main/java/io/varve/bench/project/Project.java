package io.varve.bench.project;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.postgres.Database;
import java.util.List;

/** A whole ledger into all read models, beside only reading and decoding it. */
public final class Project implements Benchmark {

  @Override
  public String name() {
    return "project";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    int events = effort.scaled(ReadModelRun.EVENTS);
    try (Server server = Server.start(effort.folder());
        Database database = server.database(ReadModelRun.CONNECTIONS)) {
      LedgerSeed.lay(server, ReadModelRun.TENANTS, events);
      var run = new ReadModelRun(server, database, events);
      run.read();
      double[] medians =
          Rounds.medians(Math.min(effort.rounds(), 3), List.of(run::project, run::read));
      return List.of(
          new Measurement("project", medians[0], medians[1], "events/s", Target.atLeast(0.4)));
    }
  }
}
