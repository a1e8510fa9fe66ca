package io.varve.web.demo;

import io.varve.command.tenancy.ReviseTenant;
import io.varve.events.tenancy.TenantId;
import io.varve.web.demo.Story.Baseline;
import io.varve.web.demo.Story.Customer;
import io.varve.web.demo.Story.TenantTurn;
import io.varve.web.demo.Story.Turn;
import java.time.Instant;

/** A tenant's year: what it set up, and what happened then. */
final class CustomerYear {

  private final Client client;
  private final VendorYear vendors;
  private final SourceYear sources;
  private final ControlYear controls;
  private final RiskYear risks;
  private final OutcomeYear outcomes;
  private final KriYear kris;

  CustomerYear(Client client, Baseline baseline) {
    this.client = client;
    this.vendors = new VendorYear(client);
    this.sources = new SourceYear(client);
    this.controls = new ControlYear(client, baseline.controls());
    this.risks = new RiskYear(client);
    this.outcomes = new OutcomeYear(client);
    this.kris = new KriYear(client, baseline.measures());
  }

  void plan() {
    vendors.begin();
    sources.begin();
    controls.begin();
    risks.begin();
    outcomes.begin();
    kris.begin();
    client.story().turns().forEach(this::plan);
  }

  private void plan(Turn turn) {
    Instant at =
        turn.time() == null
            ? client.year().inTheOffice(turn.day(), client.dice())
            : client.year().at(turn.day(), turn.time());
    if (turn.control() != null) {
      controls.turn(at, turn.by(), turn.reason(), turn.control());
    }
    if (turn.risk() != null) {
      risks.turn(at, turn.by(), turn.reason(), turn.risk());
    }
    if (turn.vendor() != null) {
      vendors.turn(at, turn.by(), turn.reason(), turn.vendor());
    }
    if (turn.source() != null) {
      sources.turn(at, turn.by(), turn.reason(), turn.source());
    }
    if (turn.kri() != null) {
      kris.turn(at, turn.by(), turn.reason(), turn.kri());
    }
    if (turn.outcome() != null) {
      outcomes.turn(at, turn.by(), turn.reason(), turn.outcome());
    }
    if (turn.tenant() != null) {
      resize(at, turn.by(), turn.reason(), turn.tenant());
    }
  }

  private void resize(Instant at, String by, String reason, TenantTurn turn) {
    Customer story = client.story();
    client.act(
        at,
        by,
        reason,
        () ->
            new ReviseTenant(
                new TenantId(client.tenant()), story.name(), story.industry(), turn.size()));
  }
}
