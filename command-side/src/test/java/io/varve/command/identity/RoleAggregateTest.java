package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.LedgerRefusal;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.RoleId;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RoleAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final RoleId id = new RoleId(UUID.randomUUID());

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.role(id, "Risk manager", Permission.RISK_WRITE));
    node.send(
        caller,
        new ReviseRole(id, "Risk owner", "Owns risks.", Examples.setOf(Permission.RISK_WRITE)));
    node.send(
        caller,
        new ReviseRole(id, "Risk owner", "Owns risks.", Examples.setOf(Permission.KRI_WRITE)));
    assertThat(node.ledger().types(id))
        .containsExactly("role.defined", "role.described", "role.permissions-set");
    assertThat(node.ledger().state(CustomRole.STREAM, id).permissions())
        .containsExactly(Permission.KRI_WRITE);
  }

  @Test
  void aNameIsUniqueInTheTenantWhateverItsCaseUntilTheRoleIsWithdrawn() {
    node.send(caller, Examples.role(id, "Auditor", Permission.AUDIT_READ));
    var second = Examples.role(new RoleId(UUID.randomUUID()), "AUDITOR", Permission.AUDIT_READ);
    assertThat(node.refusal(caller, second))
        .isInstanceOfSatisfying(
            LedgerRefusal.ValueTaken.class,
            taken -> assertThat(taken.pointer()).isEqualTo("/name"));
    node.send(Node.caller(), second);
    node.send(caller, new WithdrawRole(id));
    node.send(caller, second);
  }

  @Test
  void aRoleHoldsNothingThatNoRoleOfATenantCanHold() {
    for (Permission foreign :
        new Permission[] {
          Permission.SECURITY_NOTE,
          Permission.PLATFORM_WRITE,
          Permission.TENANT_WRITE,
          Permission.IMPERSONATION_WRITE
        }) {
      assertThat(node.violations(caller, Examples.role(id, "Too much", foreign)))
          .containsExactly("/permissions not-of-a-tenant");
    }
  }

  @Test
  void aRoleThatWasWithdrawnStaysSo() {
    node.send(caller, Examples.role(id, "Auditor", Permission.AUDIT_READ));
    node.send(caller, new WithdrawRole(id));
    assertThat(node.answer(caller, new WithdrawRole(id))).isEqualTo("role-withdrawn");
    assertThat(node.answer(caller, new ReviseRole(id, "A", "", Examples.setOf())))
        .isEqualTo("role-withdrawn");
  }
}
