package io.varve.web.demo;

import io.varve.command.Commands;
import io.varve.command.StreamCommand;
import io.varve.command.Terms;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.personal.Personal;
import io.varve.postgres.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends acts in the order of their time. Those of the same time are sent together, so that they are
 * stored together; each stream still gets its own in their order.
 */
final class Laying {

  private final Commands commands;
  private final SimulatedClock clock;
  private final Vault vault;
  private final Dice requests;

  Laying(Commands commands, SimulatedClock clock, Vault vault, Dice requests) {
    this.commands = commands;
    this.clock = clock;
    this.vault = vault;
    this.requests = requests;
  }

  private record Sending(Caller caller, StreamCommand command) {}

  /**
   * @param acts by time
   */
  void lay(List<Act> acts) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0, to; from < acts.size(); from = to) {
        Instant at = acts.get(from).at();
        to = from + 1;
        while (to < acts.size() && acts.get(to).at().equals(at)) {
          to++;
        }
        clock.advanceTo(at);
        send(acts.subList(from, to), threads);
      }
    }
  }

  private void send(List<Act> acts, ExecutorService threads) throws InterruptedException {
    Map<UUID, List<Sending>> streams = new LinkedHashMap<>();
    for (Act act : acts) {
      StreamCommand command = act.command().get();
      if (command != null) {
        streams
            .computeIfAbsent(command.id().value(), stream -> new ArrayList<>())
            .add(new Sending(caller(act), command));
      }
    }
    if (streams.size() == 1) {
      streams.values().forEach(this::send);
      return;
    }
    var sent = new ArrayList<Future<?>>();
    for (List<Sending> stream : streams.values()) {
      sent.add(threads.submit(() -> send(stream)));
    }
    for (Future<?> stream : sent) {
      try {
        stream.get();
      } catch (ExecutionException failure) {
        throw new IllegalStateException("the demo's history was refused", failure.getCause());
      }
    }
  }

  private void send(List<Sending> stream) {
    for (Sending next : stream) {
      commands.send(next.caller(), next.command(), Terms.NONE);
    }
  }

  private Caller caller(Act act) {
    return new Caller(
        act.tenant(),
        act.by().actor(),
        null,
        act.by().permissions(),
        // The story appoints whom it wants.
        EnumSet.allOf(Permission.class),
        act.via(),
        act.reason(),
        requests.id(act.at()).toString(),
        null,
        address(act));
  }

  private @Nullable Personal address(Act act) {
    String address = act.by().address();
    return address == null ? null : vault.seal(act.tenant(), act.by().actor().id(), address);
  }
}
