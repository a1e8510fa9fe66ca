package io.varve.command.risk;

import static io.varve.command.testing.Examples.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import java.util.SortedSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RiskAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final RiskId id = new RiskId(UUID.randomUUID());

  @Test
  void anIdentifiedRiskIsOpen() {
    var receipt = node.send(caller, Examples.risk(id));
    assertThat(receipt.answer().sequence()).isZero();
    assertThat(receipt.number()).isEqualTo(1);
    assertThat(node.ledger().state(Risk.STREAM, id).status()).isEqualTo(Risk.Status.OPEN);
    assertThat(node.ledger().types(id)).containsExactly("risk.identified");
  }

  @Test
  void whenAllItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    var control = new ControlId(UUID.randomUUID());
    node.send(caller, Examples.control(control, "ac_2"));
    node.send(caller, Examples.risk(id));
    var receipt =
        node.send(
            caller, revised("Ransomware in the plant", 5, Treatment.TRANSFER, setOf(control)));
    assertThat(node.ledger().types(id))
        .containsExactly(
            "risk.identified",
            "risk.described",
            "risk.reassessed",
            "risk.treatment-decided",
            "risk.controls-linked");
    assertThat(receipt.answer().sequence()).isEqualTo(4);
    assertThat(receipt.number()).isEqualTo(6);
  }

  @Test
  void whenNothingChangesThenNothingIsWritten() {
    node.send(caller, Examples.risk(id));
    var receipt = node.send(caller, revised("Ransomware", 4, Treatment.MITIGATE, setOf()));
    assertThat(receipt.number()).isZero();
    assertThat(receipt.answer().sequence()).isZero();
    assertThat(node.ledger().types(id)).containsExactly("risk.identified");
  }

  @Test
  void aClosedRiskIsReopenedBeforeItIsChanged() {
    node.send(caller, Examples.risk(id));
    node.send(caller, new CloseRisk(id));
    assertThat(node.answer(caller, new CloseRisk(id))).isEqualTo("risk-closed");
    assertThat(node.answer(caller, revised("Other", 1, Treatment.AVOID, setOf())))
        .isEqualTo("risk-closed");
    node.send(caller, new ReopenRisk(id));
    assertThat(node.answer(caller, new ReopenRisk(id))).isEqualTo("risk-open");
    node.send(caller, revised("Other", 1, Treatment.AVOID, setOf()));
    assertThat(node.ledger().state(Risk.STREAM, id).title()).isEqualTo("Other");
  }

  @Test
  void everyWrongFieldIsNamed() {
    var wrong =
        new IdentifyRisk(id, " ", "\u0000", "x".repeat(101), null, 0, 6, Treatment.ACCEPT, setOf());
    assertThat(node.violations(caller, wrong))
        .containsExactly(
            "/title blank",
            "/description control-character",
            "/category too-long",
            "/likelihood out-of-range",
            "/impact out-of-range");
    assertThat(node.ledger().events(id)).isEmpty();
  }

  @Test
  void aLinkToAControlThatIsNotThereOrIsAnotherTenantsOrNoControlIsRefused() {
    var absent = new ControlId(UUID.randomUUID());
    var foreign = new ControlId(UUID.randomUUID());
    node.send(Node.caller(), Examples.control(foreign, "ac_2"));
    var risk = new RiskId(UUID.randomUUID());
    node.send(caller, Examples.risk(risk));
    var noControl = new ControlId(risk.value());
    assertThat(node.violations(caller, Examples.risk(id, absent, foreign, noControl)))
        .containsExactly(
            "/controls no-such-control", "/controls no-such-control", "/controls no-such-control");
    assertThat(node.ledger().events(id)).isEmpty();
  }

  @Test
  void theOwnerIsAUserOfTheTenant() {
    Caller inTenant = Examples.tenantOf(node);
    var owner = new UserId(UUID.randomUUID());
    node.send(inTenant, Examples.user(owner, "owner@example.com", Role.TENANT_USER));
    node.send(inTenant, owned(owner));
    assertThat(node.violations(inTenant, owned(new UserId(UUID.randomUUID()))))
        .containsExactly("/owner no-such-user");
    assertThat(node.violations(caller, owned(owner))).containsExactly("/owner no-such-user");
  }

  private ReviseRisk revised(
      String title, int impact, Treatment treatment, SortedSet<ControlId> controls) {
    return new ReviseRisk(id, title, "", "malware", null, 3, impact, treatment, controls);
  }

  private static IdentifyRisk owned(UserId owner) {
    return new IdentifyRisk(
        new RiskId(UUID.randomUUID()),
        "Ransomware",
        "",
        "malware",
        owner,
        3,
        4,
        Treatment.MITIGATE,
        setOf());
  }
}
