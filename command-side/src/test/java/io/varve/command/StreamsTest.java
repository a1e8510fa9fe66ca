package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.control.ReviseControl;
import io.varve.command.kri.ObserveKri;
import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.kri.KriId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which stream a command reaches. */
class StreamsTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final Caller stranger = Node.caller();
  private final UUID id = UUID.randomUUID();
  private final RiskId risk = new RiskId(id);

  @Test
  void aCommandFindsNothingInAnotherTenantNeitherInMemoryNorInTheLedger() {
    node.send(caller, Examples.risk(risk));
    try (Node cold = node.another()) {
      for (Node each : List.of(node, cold)) {
        assertThat(each.refusal(stranger, new CloseRisk(risk)))
            .isInstanceOf(LedgerRefusal.NoSuchStream.class);
      }
    }
    assertThat(node.ledger().types(risk)).containsExactly("risk.identified");
  }

  @Test
  void anUnknownStreamIsRefusedInTheSameWords() {
    node.send(caller, Examples.risk(risk));
    for (RiskId unseen : List.of(risk, new RiskId(UUID.randomUUID()))) {
      assertThat(node.refusal(stranger, new CloseRisk(unseen)))
          .hasMessage("There is no such thing.");
    }
  }

  @Test
  void aStreamOfAnotherKindIsNoSuchStreamInMemoryAndInTheLedger() {
    node.send(caller, Examples.risk(risk));
    try (Node cold = node.another()) {
      for (Node each : List.of(node, cold, node)) {
        assertThat(each.refusal(caller, revisedControl()))
            .isInstanceOf(LedgerRefusal.NoSuchStream.class);
        assertThat(each.refusal(caller, observed())).isInstanceOf(LedgerRefusal.NoSuchStream.class);
      }
      assertThat(cold.answer(caller, new CloseRisk(risk))).isEqualTo("-");
    }
  }

  @Test
  void twoTenantsMayHaveStreamsUnderTheSameId() {
    node.send(caller, Examples.risk(risk));
    node.send(stranger, Examples.risk(risk));
    node.send(stranger, new CloseRisk(risk));
    assertThat(node.answer(caller, new CloseRisk(risk))).isEqualTo("-");
  }

  @Test
  void anIdIsUsedOnceInATenantWhateverTheKind() {
    node.send(caller, Examples.risk(risk));
    assertThat(node.answer(caller, Examples.risk(risk))).isEqualTo("overtaken");
    assertThat(node.answer(caller, Examples.control(new ControlId(id), "ac_2")))
        .isEqualTo("overtaken");
    assertThat(node.ledger().types(risk)).containsExactly("risk.identified");
    assertThat(node.answer(caller, revised("Still a risk"))).isEqualTo("-");
    node.send(caller, Examples.control(new ControlId(UUID.randomUUID()), "ac_2"));
  }

  private ReviseRisk revised(String title) {
    return new ReviseRisk(
        risk, title, "", "malware", null, 1, 1, Treatment.AVOID, Examples.setOf());
  }

  private ReviseControl revisedControl() {
    return new ReviseControl(
        new ControlId(id),
        "ac_2",
        "Title",
        "",
        null,
        null,
        Control.Status.PLANNED,
        BigDecimal.ZERO,
        Examples.setOf());
  }

  private ObserveKri observed() {
    return Examples.observation(new KriId(id), "1", node.clock().instant());
  }
}
