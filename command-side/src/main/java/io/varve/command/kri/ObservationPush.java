package io.varve.command.kri;

import io.varve.command.Holders;
import io.varve.command.States;
import io.varve.command.source.SourceRefusal;
import io.varve.command.stream.StreamKey;
import io.varve.events.access.Caller;
import io.varve.events.access.ForbiddenException;
import io.varve.events.access.Permission;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.kri.Kri;
import io.varve.events.kri.Observation;
import io.varve.events.rule.Rules;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Decides pushes: values for many KRIs in one unit of work. */
public final class ObservationPush {

  private final Repository<KriAggregate> kris;
  private final Holders holders;
  private final States states;
  private final Clock clock;

  public ObservationPush(
      Repository<KriAggregate> kris, Holders holders, States states, Clock clock) {
    this.kris = kris;
    this.holders = holders;
    this.states = states;
    this.clock = clock;
  }

  @CommandHandler
  ObservationsPushed handle(PushObservations command) {
    checkTimes(command.values());
    SourceId source = source(Caller.current());
    SortedSet<String> strange = new TreeSet<>();
    for (Map.Entry<UUID, List<PushedValue>> each : byKri(command.values(), strange).entrySet()) {
      var key = new StreamKey(Caller.current().tenant(), each.getKey());
      boolean taken = kris.load(key.toString()).invoke(kri -> take(kri, source, each.getValue()));
      if (!taken) {
        strange.add(each.getValue().getFirst().kri());
      }
    }
    if (!strange.isEmpty()) {
      throw new KriRefusal.NotOfTheSource(strange);
    }
    return new ObservationsPushed(command.values().size());
  }

  private void checkTimes(List<PushedValue> values) {
    Instant now = clock.instant();
    var rules = new Rules();
    values.forEach(v -> Observation.checkTime(rules, v.pointer(), v.observedAt(), now));
    rules.enforce();
  }

  /** What the caller, a key, may push for: as the ledger has it now. */
  private SourceId source(Caller caller) {
    var id = new ApiKeyId(caller.actor().id());
    ApiKey key = states.find(ApiKey.STREAM, caller.tenant(), List.of(id)).get(id);
    if (key == null || key.source() == null || key.status() != ApiKey.Status.ACTIVE) {
      throw new ForbiddenException(Permission.OBSERVATION_PUSH);
    }
    SourceId source = key.source();
    Source found = states.find(Source.STREAM, caller.tenant(), List.of(source)).get(source);
    if (found != null && found.state() == Source.Activity.PAUSED) {
      throw new SourceRefusal.SourceIsPaused();
    }
    return source;
  }

  /** In the order of the KRIs' ids, so that two pushes never wait for each other's. */
  private SortedMap<UUID, List<PushedValue>> byKri(
      List<PushedValue> values, SortedSet<String> strange) {
    Map<String, UUID> ids =
        holders.find(Kri.SLUG, values.stream().map(PushedValue::kri).collect(Collectors.toSet()));
    var byKri = new TreeMap<UUID, List<PushedValue>>();
    for (PushedValue value : values) {
      UUID id = ids.get(value.kri());
      if (id == null) {
        strange.add(value.kri());
      } else {
        byKri.computeIfAbsent(id, _ -> new ArrayList<>()).add(value);
      }
    }
    return byKri;
  }

  private static boolean take(KriAggregate kri, SourceId source, List<PushedValue> values) {
    if (!kri.isOf(source)) {
      return false;
    }
    values.forEach(kri::take);
    return true;
  }
}
