package io.varve.bench.append;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.bench.append.Workload.Streams;
import io.varve.postgres.Database;
import java.util.List;

/** The same commands and aggregates on our ledger and on Axon's own event store. */
public final class AppendStock implements Benchmark {

  @Override
  public String name() {
    return "append-stock";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    var workload = new Workload();
    Streams streams = workload.streams(effort.scaled(AppendExisting.STREAMS));
    Streams twins = streams.twin();
    try (Server server = Server.start(effort.folder());
        Database links = server.database(2);
        Ours ours = new Ours(server, workload);
        Stock stock = new Stock(server, workload, links)) {
      ours.begin(streams);
      stock.copy(twins);
      server.settle();
      ours.changeExisting(streams, 256, effort.warmUp());
      stock.createNew(256, effort.warmUp());
      stock.changeExisting(twins, 256, effort.warmUp());
      double[] medians =
          Rounds.medians(
              effort.rounds(),
              List.of(
                  () -> ours.createNew(32, effort.round()),
                  () -> stock.createNew(32, effort.round()),
                  () -> ours.createNew(256, effort.round()),
                  () -> stock.createNew(256, effort.round()),
                  () -> ours.changeExisting(streams, 32, effort.round()),
                  () -> stock.changeExisting(twins, 32, effort.round()),
                  () -> ours.changeExisting(streams, 256, effort.round()),
                  () -> stock.changeExisting(twins, 256, effort.round())));
      return List.of(
          line("append-stock new 32", medians, 0, 1.3),
          line("append-stock new 256", medians, 2, 1.8),
          line("append-stock existing 32", medians, 4, 2),
          line("append-stock existing 256", medians, 6, 2.5));
    }
  }

  private static Measurement line(String name, double[] medians, int at, double target) {
    return new Measurement(
        name, medians[at], medians[at + 1], "commands/s", Target.atLeast(target));
  }
}
