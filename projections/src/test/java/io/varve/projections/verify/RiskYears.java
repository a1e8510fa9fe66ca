package io.varve.projections.verify;

import io.varve.events.Json;
import io.varve.events.diff.Diff;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Risks of some tenants and what became of them, each change with the difference that it made. */
final class RiskYears {

  /** From where all is done: of the actor's person. */
  private static final Personal ADDRESS = Personal.of(TestLedger.ACTOR.id(), new byte[40]);

  private final List<UUID> tenants;
  private int told;

  RiskYears(List<UUID> tenants) {
    this.tenants = tenants;
  }

  /** A few events about each of so many more risks, in turn of all tenants. */
  List<Fact> next(int risks) {
    var facts = new ArrayList<Fact>();
    for (int i = 0; i < risks; i++) {
      facts.addAll(risk(tenants.get(told++ % tenants.size())));
    }
    return facts;
  }

  private List<Fact> risk(UUID tenant) {
    var id = new RiskId(UUID.randomUUID());
    List<RiskEvent> events =
        List.of(
            new RiskIdentified(
                id, "Risk " + told, "", "Availability", null, 2, 3, Treatment.MITIGATE),
            new RiskReassessed(3, 3),
            new RiskClosed(),
            new RiskReopened(),
            new RiskReassessed(4, 5));
    var facts = new ArrayList<Fact>();
    @Nullable Risk state = null;
    for (RiskEvent event : events) {
      Risk after = Risk.STREAM.evolve(state, event);
      Diff diff = Diff.between(Json.tree(state), Objects.requireNonNull(Json.tree(after)));
      facts.add(new Fact(tenant, id.value(), facts.size(), event, provenance(diff)));
      state = after;
    }
    return facts;
  }

  private static Provenance provenance(Diff diff) {
    return new Provenance(TestLedger.ACTOR, null, Via.API, null, null, null, ADDRESS, diff);
  }
}
