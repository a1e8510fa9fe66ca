package io.varve.command.control;

import static io.varve.command.testing.Examples.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ControlAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final ControlId id = new ControlId(UUID.randomUUID());

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.control(id, "ac_2"));
    var revised =
        new ReviseControl(
            id,
            "ac_2_1",
            "Automated account management",
            "",
            null,
            null,
            Control.Status.FAILING,
            BigDecimal.ZERO,
            setOf("T1078.004"));
    node.send(caller, revised);
    assertThat(node.send(caller, revised).number()).isZero();
    assertThat(node.ledger().types(id))
        .containsExactly(
            "control.defined",
            "control.described",
            "control.slug-changed",
            "control.assessed",
            "control.techniques-mapped");
  }

  @Test
  void everyWrongFieldIsNamed() {
    var wrong =
        new AdoptControl(
            id,
            "AC-2",
            "",
            "",
            "no framework",
            null,
            Control.Status.PLANNED,
            new BigDecimal("1.01"),
            setOf("T1", "T1078"));
    assertThat(node.violations(caller, wrong))
        .containsExactly(
            "/slug not-a-slug",
            "/title blank",
            "/effectiveness out-of-range",
            "/framework malformed",
            "/techniques malformed");
  }

  @Test
  void aSlugIsUniqueInItsTenantAndInNoOther() {
    node.send(caller, Examples.control(id, "ac_2"));
    assertThat(node.answer(caller, Examples.control(new ControlId(UUID.randomUUID()), "ac_2")))
        .isEqualTo("value-taken");
    node.send(Node.caller(), Examples.control(new ControlId(UUID.randomUUID()), "ac_2"));
  }
}
