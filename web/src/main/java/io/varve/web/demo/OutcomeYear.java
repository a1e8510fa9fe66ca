package io.varve.web.demo;

import io.varve.command.outcome.DefineOutcome;
import io.varve.command.outcome.ReviseOutcome;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.web.demo.Story.OutcomeText;
import io.varve.web.demo.Story.OutcomeTurn;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must not happen to the tenant's business. */
final class OutcomeYear {

  private static final LocalTime FROM = LocalTime.of(16, 0);

  private final Client client;

  OutcomeYear(Client client) {
    this.client = client;
  }

  void begin() {
    List<OutcomeText> outcomes = client.story().outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      define(outcomes.get(i), i);
    }
  }

  private void define(OutcomeText text, int place) {
    Instant at = client.settingUp(1, FROM, place);
    var id = new OutcomeId(client.begin(text.key(), at));
    SortedSet<RiskId> risks = risks(client, text.risks());
    client.act(
        at,
        client.lead(),
        "Onboarding: what the board asks about",
        () ->
            new DefineOutcome(
                id, text.title(), text.description(), client.user(text.owner()), risks));
  }

  void turn(Instant at, String by, String reason, OutcomeTurn turn) {
    var id = new OutcomeId(client.thing(turn.key()));
    OutcomeText text =
        client.story().outcomes().stream()
            .filter(outcome -> outcome.key().equals(turn.key()))
            .findFirst()
            .orElseThrow();
    SortedSet<RiskId> risks = risks(client, turn.risks());
    client.act(
        at,
        by,
        reason,
        () ->
            new ReviseOutcome(
                id, text.title(), text.description(), client.user(text.owner()), risks));
  }

  static SortedSet<RiskId> risks(Client client, Collection<String> keys) {
    return keys.stream()
        .map(key -> new RiskId(client.thing(key)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
