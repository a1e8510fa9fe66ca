package io.varve.command.vendor;

import static io.varve.command.testing.Examples.setOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class VendorAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final VendorId id = new VendorId(UUID.randomUUID());

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.vendor(id));
    var revised =
        new ReviseVendor(
            id,
            "Cloud GmbH",
            "hosting",
            2,
            null,
            setOf("orders", "payroll"),
            Vendor.Status.OFFBOARDED,
            Vendor.Decision.EXIT);
    node.send(caller, revised);
    assertThat(node.send(caller, revised).number()).isZero();
    assertThat(node.ledger().types(id))
        .containsExactly(
            "vendor.registered",
            "vendor.described",
            "vendor.data-elements-listed",
            "vendor.status-changed",
            "vendor.decided");
  }

  @Test
  void aDecisionCanBeMadeAtOnceAndTakenBack() {
    node.send(
        caller,
        new RegisterVendor(
            id,
            "Cloud Ltd",
            "hosting",
            3,
            null,
            setOf(),
            Vendor.Status.PROSPECTIVE,
            Vendor.Decision.ACCEPT));
    node.send(
        caller,
        new ReviseVendor(
            id, "Cloud Ltd", "hosting", 3, null, setOf(), Vendor.Status.PROSPECTIVE, null));
    assertThat(node.ledger().types(id))
        .containsExactly("vendor.registered", "vendor.decided", "vendor.decided");
    assertThat(node.ledger().state(Vendor.STREAM, id).decision()).isNull();
  }

  @Test
  void everyWrongFieldIsNamed() {
    var wrong = new RegisterVendor(id, "", "x", 4, null, setOf(" "), Vendor.Status.ACTIVE, null);
    assertThat(node.violations(caller, wrong))
        .containsExactly("/name blank", "/tier out-of-range", "/dataElements blank");
  }
}
