package io.varve.command.outcome;

import static io.varve.command.testing.Examples.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OutcomeAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final OutcomeId id = new OutcomeId(UUID.randomUUID());
  private final RiskId risk = new RiskId(UUID.randomUUID());

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.risk(risk));
    node.send(caller, Examples.outcome(id));
    var revised = new ReviseOutcome(id, "Ship safely", "", null, setOf(risk));
    node.send(caller, revised);
    assertThat(node.send(caller, revised).number()).isZero();
    assertThat(node.ledger().types(id))
        .containsExactly("outcome.defined", "outcome.described", "outcome.risks-linked");
  }

  @Test
  void theRisksThatEndangerItAreThoseOfTheTenant() {
    node.send(Node.caller(), Examples.risk(risk));
    assertThat(node.violations(caller, Examples.outcome(id, risk)))
        .containsExactly("/risks no-such-risk");
  }

  @Test
  void itHasATitle() {
    assertThat(node.violations(caller, new DefineOutcome(id, "", "", null, setOf())))
        .containsExactly("/title blank");
  }
}
