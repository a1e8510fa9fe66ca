package io.varve.bench.append;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.bench.append.Workload.Streams;
import java.util.List;

/**
 * Commands on streams that are there already, picked at random, beside plain inserts of the same
 * row: with the states in memory, and with none at the start of a round.
 */
public final class AppendExisting implements Benchmark {

  static final int STREAMS = 100_000;

  @Override
  public String name() {
    return "append-existing";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    var workload = new Workload();
    Streams streams = workload.streams(effort.scaled(STREAMS));
    Streams twins = streams.twin();
    // Of their own: what is remembered must not be made stale by another node's writes.
    Streams unknown = workload.streams(effort.scaled(STREAMS));
    try (Server server = Server.start(effort.folder());
        Ours ours = new Ours(server, workload);
        Ours cold = new Ours(server, workload);
        PlainInserts peer = new PlainInserts(server, workload)) {
      ours.begin(streams);
      cold.begin(unknown);
      peer.copy();
      server.settle();
      ours.changeExisting(streams, 256, effort.warmUp());
      PlainInserts.Sample row = peer.sample("risk.reassessed");
      peer.changeExisting(twins, row, effort.warmUp());
      double[] medians =
          Rounds.medians(
              effort.rounds(),
              List.of(
                  () -> ours.changeExisting(streams, 32, effort.round()),
                  () -> cold(cold, unknown, 32, effort),
                  () -> peer.changeExisting(twins, row, effort.round()),
                  () -> cold(cold, unknown, 256, effort),
                  () -> ours.changeExisting(streams, 256, effort.round())));
      double peers = medians[2];
      return List.of(
          line("append-existing 32", medians[0], peers, Target.atLeast(0.9)),
          line("append-existing 256", medians[4], peers, Target.atLeast(1.3)),
          line("append-existing 32, cold", medians[1], peers, null),
          line("append-existing 256, cold", medians[3], peers, null));
    }
  }

  private static double cold(Ours cold, Streams streams, int callers, Effort effort)
      throws Exception {
    cold.forget();
    return cold.changeExisting(streams, callers, effort.round());
  }

  private static Measurement line(
      String name, double ours, double peer, @org.jspecify.annotations.Nullable Target target) {
    return new Measurement(name, ours, peer, "commands/s", target);
  }
}
