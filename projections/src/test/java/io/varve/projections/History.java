package io.varve.projections;

import io.varve.events.State;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlId;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriEvent.KriThresholdsSet;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeRisksLinked;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskDescribed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorEvent.VendorDecided;
import io.varve.events.vendor.VendorEvent.VendorRegistered;
import io.varve.events.vendor.VendorId;
import io.varve.postgres.testing.TestLedger.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** A random but sensible history of one tenant, and what it folds into. */
final class History {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final UUID tenant;
  final Map<UUID, State> states = new LinkedHashMap<>();
  final List<KriObserved> observations = new ArrayList<>();
  private final Map<UUID, Long> sequences = new LinkedHashMap<>();
  private final Random random;
  private final SourceId source;
  private final List<Fact> pending = new ArrayList<>();

  History(long seed) {
    this.random = new Random(seed);
    this.tenant = uuid();
    this.source = new SourceId(uuid());
    tell(
        source,
        new SourceRegistered(
            source,
            "Scanner",
            Source.Kind.MANUAL,
            null,
            null,
            Source.Auth.NONE,
            Schedule.DAILY,
            Config.empty()));
  }

  /** What has happened since this was last asked. */
  List<Fact> take() {
    List<Fact> taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  List<Fact> next(int events) {
    while (pending.size() < events) {
      step();
    }
    return take();
  }

  /** How many events there were. */
  long length() {
    return sequences.values().stream().mapToLong(last -> last + 1).sum();
  }

  <S extends State> List<S> all(Class<S> type) {
    return states.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  void tell(StreamId id, TenantEvent event) {
    long sequence = sequences.merge(id.value(), 0L, (was, zero) -> was + 1);
    states.compute(
        id.value(), (key, was) -> EventTypes.catalog().streamOf(event).evolve(was, event));
    pending.add(new Fact(tenant, id.value(), sequence, event));
    if (event instanceof KriObserved observed) {
      observations.add(observed);
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1 -> risk();
      case 2 -> control();
      case 3, 4 -> kri();
      case 5 -> outcome();
      case 6 -> vendor();
      default -> change();
    }
  }

  private void risk() {
    var id = new RiskId(uuid());
    tell(
        id,
        new RiskIdentified(
            id,
            text(),
            "Because \"quotes\" \\ and\nlines.",
            "cyber",
            null,
            level(),
            level(),
            Treatment.MITIGATE));
  }

  private void control() {
    var id = new ControlId(uuid());
    Control.Status status = pick(List.of(Control.Status.values()));
    tell(
        id,
        new ControlDefined(
            id, slug(), text(), "Do it.", null, null, status, share(), new TreeSet<>()));
  }

  private void kri() {
    var id = new KriId(uuid());
    tell(
        id,
        new KriDefined(
            id,
            slug(),
            text(),
            "",
            "%",
            source,
            new BigDecimal("50"),
            new BigDecimal("80.50"),
            Direction.HIGHER_IS_WORSE));
  }

  private void outcome() {
    var id = new OutcomeId(uuid());
    tell(id, new OutcomeDefined(id, text(), "Stay in business.", null));
  }

  private void vendor() {
    var id = new VendorId(uuid());
    tell(
        id,
        new VendorRegistered(id, text(), "cloud", 1, null, new TreeSet<>(), Vendor.Status.ACTIVE));
  }

  private void change() {
    State state = pick(List.copyOf(states.values()));
    switch (state) {
      case Risk risk -> risk(risk);
      case Kri kri -> kri(kri);
      case Control control ->
          tell(control.id(), new ControlAssessed(pick(List.of(Control.Status.values())), share()));
      case Outcome outcome ->
          tell(
              outcome.id(),
              new OutcomeRisksLinked(some(all(Risk.class).stream().map(Risk::id).toList())));
      case Vendor vendor ->
          tell(vendor.id(), new VendorDecided(pick(List.of(Vendor.Decision.values()))));
      default -> {}
    }
  }

  private void risk(Risk risk) {
    switch (random.nextInt(4)) {
      case 0 -> tell(risk.id(), new RiskReassessed(level(), level()));
      case 1 -> tell(risk.id(), new RiskDescribed(text(), "In other words.", "cyber", null));
      case 2 ->
          tell(
              risk.id(),
              new RiskControlsLinked(some(all(Control.class).stream().map(Control::id).toList())));
      default ->
          tell(
              risk.id(), risk.status() == Risk.Status.OPEN ? new RiskClosed() : new RiskReopened());
    }
  }

  private void kri(Kri kri) {
    switch (random.nextInt(6)) {
      case 0 ->
          tell(
              kri.id(), new KriLinked(some(all(Risk.class).stream().map(Risk::id).toList()), null));
      case 1 ->
          tell(
              kri.id(),
              new KriThresholdsSet(
                  new BigDecimal(random.nextInt(90)),
                  new BigDecimal(95),
                  Direction.HIGHER_IS_WORSE));
      default ->
          tell(
              kri.id(),
              new KriObserved(
                  new ObservationId(uuid()),
                  new BigDecimal(random.nextInt(10_000)).movePointLeft(2),
                  START.plusSeconds(random.nextInt(1_000_000)),
                  source,
                  random.nextBoolean() ? "noted" : null,
                  null));
    }
  }

  private <T extends Comparable<T>> SortedSet<T> some(List<T> of) {
    var some = new TreeSet<T>();
    for (int i = random.nextInt(4); i > 0 && !of.isEmpty(); i--) {
      some.add(pick(of));
    }
    return some;
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private UUID uuid() {
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x7000L,
        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
  }

  private int level() {
    return 1 + random.nextInt(5);
  }

  private BigDecimal share() {
    return new BigDecimal(random.nextInt(101)).movePointLeft(2);
  }

  private String slug() {
    return "s_" + Integer.toHexString(random.nextInt());
  }

  private String text() {
    return "Thing " + random.nextInt(1000);
  }
}
