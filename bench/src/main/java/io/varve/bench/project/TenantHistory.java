package io.varve.bench.project;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlId;
import io.varve.events.diff.Diff;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens in one tenant: first what there is to watch is written down, then it is watched. Of
 * eight later events six are observations, one assesses a risk again and one a control.
 */
final class TenantHistory {

  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final int KRIS = 10;
  private static final int CONTROLS = 10;
  private static final int RISKS = 10;

  /** An event with what the ledger stores beside it. */
  record Told(UUID tenant, UUID id, long sequence, TenantEvent event, Provenance provenance) {}

  private record Stream(long sequence, State state) {}

  private final UUID tenant = IDS.generate();
  private final Actor actor = Actor.user(IDS.generate());
  private final Random random;
  private final SourceId source = new SourceId(IDS.generate());
  private final List<KriId> kris = new ArrayList<>();
  private final List<ControlId> controls = new ArrayList<>();
  private final List<RiskId> risks = new ArrayList<>();
  private final Map<UUID, Stream> streams = new HashMap<>();
  private final Deque<Runnable> beginnings = new ArrayDeque<>();
  private @Nullable Told told;

  TenantHistory(long seed) {
    this.random = new Random(seed);
    beginnings.add(this::source);
    for (int i = 0; i < CONTROLS; i++) {
      beginnings.add(this::control);
    }
    for (int i = 0; i < RISKS; i++) {
      beginnings.add(this::risk);
      beginnings.add(this::controlLink);
    }
    for (int i = 0; i < KRIS; i++) {
      beginnings.add(this::kri);
      beginnings.add(this::riskLink);
    }
  }

  /** The next event; one that would change nothing never happens. */
  Told next(Instant now) {
    told = null;
    while (told == null) {
      Runnable beginning = beginnings.poll();
      if (beginning != null) {
        beginning.run();
      } else {
        goOn(now);
      }
    }
    return told;
  }

  private void goOn(Instant now) {
    switch (random.nextInt(8)) {
      case 0 -> tell(any(risks), new RiskReassessed(level(), level()));
      case 1 -> tell(any(controls), new ControlAssessed(Control.Status.OPERATING, percent()));
      default ->
          tell(
              any(kris),
              new KriObserved(
                  new ObservationId(IDS.generate()), percent(), now, source, null, null));
    }
  }

  private void source() {
    tell(
        source,
        new SourceRegistered(
            source,
            "Vulnerability scanner",
            Source.Kind.MANUAL,
            null,
            null,
            Source.Auth.NONE,
            Schedule.DAILY,
            Config.empty()));
  }

  private void control() {
    var id = new ControlId(IDS.generate());
    controls.add(id);
    tell(
        id,
        new ControlDefined(
            id,
            "ac_" + controls.size(),
            "Accounts are managed",
            "The organization defines which kinds of account it allows, and who approves them.",
            "NIST SP 800-53",
            null,
            Control.Status.OPERATING,
            percent(),
            new TreeSet<>(List.of("T1078"))));
  }

  private void risk() {
    var id = new RiskId(IDS.generate());
    risks.add(id);
    tell(
        id,
        new RiskIdentified(
            id,
            "Ransomware stops the order desk " + risks.size(),
            "Back-ups are on the same network as what they back up.",
            "availability",
            null,
            level(),
            level(),
            Treatment.MITIGATE));
  }

  private void controlLink() {
    tell(risks.getLast(), new RiskControlsLinked(new TreeSet<>(List.of(any(controls)))));
  }

  private void kri() {
    var id = new KriId(IDS.generate());
    kris.add(id);
    tell(
        id,
        new KriDefined(
            id,
            "unpatched_" + kris.size(),
            "Servers without this month's patches",
            "Counted by the scanner every night.",
            "%",
            source,
            new BigDecimal("20"),
            new BigDecimal("50"),
            Direction.HIGHER_IS_WORSE));
  }

  private void riskLink() {
    tell(kris.getLast(), new KriLinked(new TreeSet<>(List.of(any(risks))), null));
  }

  private void tell(StreamId id, TenantEvent event) {
    Stream before = streams.get(id.value());
    State was = before == null ? null : before.state();
    State after = EventTypes.catalog().streamOf(event).evolve(was, event);
    JsonNode tree = Json.tree(after);
    if (tree == null || after.equals(was)) {
      return;
    }
    long sequence = before == null ? 0 : before.sequence() + 1;
    streams.put(id.value(), new Stream(sequence, after));
    var provenance =
        new Provenance(
            actor, null, Via.API, null, null, null, null, Diff.between(Json.tree(was), tree));
    told = new Told(tenant, id.value(), sequence, event, provenance);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private int level() {
    return 1 + random.nextInt(5);
  }

  private BigDecimal percent() {
    return BigDecimal.valueOf(random.nextInt(1001), 1);
  }
}
