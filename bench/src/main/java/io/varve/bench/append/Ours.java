package io.varve.bench.append;

import io.varve.bench.Callers;
import io.varve.bench.Server;
import io.varve.bench.append.Workload.Streams;
import io.varve.command.CommandSide;
import io.varve.command.Commands;
import io.varve.command.Receipt;
import io.varve.command.Terms;
import io.varve.events.access.Caller;
import io.varve.events.risk.RiskId;
import io.varve.postgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The command side as the application has it. */
final class Ours implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  private final Workload workload;
  private final Database database;
  private CommandSide side;

  Ours(Server server, Workload workload) {
    this.workload = workload;
    this.database = server.database(CONNECTIONS);
    this.side = new CommandSide(database, Clock.systemUTC());
  }

  /** Begins these streams, and leaves their states in the cache. */
  void begin(Streams streams) throws Exception {
    var next = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < 256; i++) {
        futures.add(
            executor.submit(
                () -> {
                  for (int s = next.getAndIncrement();
                      s < streams.size();
                      s = next.getAndIncrement()) {
                    side.commands()
                        .send(streams.owner(s), Workload.identify(streams.id(s)), Terms.NONE);
                  }
                }));
      }
      for (var future : futures) {
        future.get();
      }
    }
  }

  double createNew(int callers, Duration time) throws Exception {
    Commands commands = side.commands();
    return Callers.virtual(
        callers,
        time,
        caller ->
            () -> {
              Caller someone = workload.anyone();
              var id = new RiskId(Workload.IDS.generate());
              stored(commands.send(someone, Workload.identify(id), Terms.NONE));
            });
  }

  double changeExisting(Streams streams, int callers, Duration time) throws Exception {
    Commands commands = side.commands();
    return Callers.virtual(
        callers,
        time,
        caller ->
            () -> {
              int stream = streams.any();
              var command = Workload.reassess(streams.id(stream), streams.next(stream));
              stored(commands.send(streams.owner(stream), command, Terms.NONE));
            });
  }

  /** Starts anew, so that no state is in memory. */
  void forget() {
    side.close();
    side = new CommandSide(database, Clock.systemUTC());
  }

  @Override
  public void close() {
    side.close();
    database.close();
  }

  private static void stored(Receipt<?> receipt) {
    if (receipt.number() == 0) {
      throw new IllegalStateException("a command stored nothing");
    }
  }
}
