package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.LedgerRefusal;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupEvent.GroupMembersChanged;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final GroupId id = new GroupId(UUID.randomUUID());
  private Caller caller = Node.caller();

  @BeforeEach
  void aTenant() {
    caller = Examples.tenantOf(node);
  }

  @Test
  void anEventSaysWhoIsNewAndWhoIsGoneAndNobodyElse() {
    UserId first = user();
    UserId second = user();
    node.send(caller, new CreateGroup(id, "Risk team", "S-1-5-21"));
    node.send(caller, new ChangeGroupMembers(id, Examples.setOf(first), Examples.setOf(second)));
    node.send(caller, new ChangeGroupMembers(id, Examples.setOf(first, second), Examples.setOf()));
    node.send(caller, new ChangeGroupMembers(id, Examples.setOf(second), Examples.setOf(first)));
    assertThat(node.ledger().events(id).stream().skip(1).map(event -> event.event()))
        .containsExactly(
            new GroupMembersChanged(Examples.setOf(first), Examples.setOf()),
            new GroupMembersChanged(Examples.setOf(second), Examples.setOf()),
            new GroupMembersChanged(Examples.setOf(), Examples.setOf(first)));
    assertThat(node.ledger().state(Group.STREAM, id).members()).containsExactly(second);
  }

  @Test
  void membersThatAreSetAsAWholeMakeAnEventOfWhatIsNew() {
    UserId first = user();
    UserId second = user();
    node.send(caller, new CreateGroup(id, "Risk team", null));
    node.send(caller, new SetGroupMembers(id, Examples.setOf(first)));
    node.send(caller, new SetGroupMembers(id, Examples.setOf(first)));
    node.send(caller, new SetGroupMembers(id, Examples.setOf(second)));
    assertThat(node.ledger().events(id).stream().skip(1).map(event -> event.event()))
        .containsExactly(
            new GroupMembersChanged(Examples.setOf(first), Examples.setOf()),
            new GroupMembersChanged(Examples.setOf(second), Examples.setOf(first)));
  }

  @Test
  void membersAndRolesAreTheTenantsOwn() {
    node.send(caller, new CreateGroup(id, "Risk team", null));
    Caller elsewhere = Examples.tenantOf(node);
    var foreign = new UserId(UUID.randomUUID());
    node.send(elsewhere, Examples.user(foreign, foreign.toString(), Role.TENANT_ADMIN));
    var role = new RoleId(UUID.randomUUID());
    node.send(elsewhere, Examples.role(role, "Theirs", Permission.RISK_READ));
    assertThat(
            node.violations(
                caller, new ChangeGroupMembers(id, Examples.setOf(foreign), Examples.setOf())))
        .containsExactly("/added no-such-user");
    assertThat(node.violations(caller, new MapGroupRoles(id, Examples.setOf(role))))
        .containsExactly("/roles no-such-role");
  }

  @Test
  void nobodyIsAddedAndRemovedAtOnce() {
    UserId user = user();
    node.send(caller, new CreateGroup(id, "Risk team", null));
    assertThat(
            node.violations(
                caller, new ChangeGroupMembers(id, Examples.setOf(user), Examples.setOf(user))))
        .containsExactly("/removed contradictory");
  }

  @Test
  void aNameIsUniqueInTheTenantWhateverItsCaseUntilTheGroupIsRemoved() {
    node.send(caller, new CreateGroup(id, "Risk team", null));
    var second = new CreateGroup(new GroupId(UUID.randomUUID()), "RISK TEAM", null);
    assertThat(node.refusal(caller, second))
        .isInstanceOfSatisfying(
            LedgerRefusal.ValueTaken.class,
            taken -> assertThat(taken.pointer()).isEqualTo("/name"));
    node.send(caller, new RenameGroup(id, "Risk office", null));
    node.send(caller, second);
    assertThat(node.answer(caller, new RenameGroup(id, "risk team", null)))
        .isEqualTo("value-taken");
    node.send(caller, new RemoveGroup(second.id()));
    node.send(caller, new RenameGroup(id, "risk team", null));
  }

  @Test
  void aGroupThatWasRemovedStaysSo() {
    node.send(caller, new CreateGroup(id, "Risk team", null));
    node.send(caller, new RemoveGroup(id));
    assertThat(node.answer(caller, new RemoveGroup(id))).isEqualTo("group-removed");
    assertThat(node.answer(caller, new RenameGroup(id, "Other", null))).isEqualTo("group-removed");
    assertThat(node.answer(caller, new MapGroupRoles(id, Examples.setOf())))
        .isEqualTo("group-removed");
    assertThat(node.answer(caller, new ChangeGroupMembers(id, Examples.setOf(), Examples.setOf())))
        .isEqualTo("group-removed");
  }

  private UserId user() {
    var user = new UserId(UUID.randomUUID());
    node.send(caller, Examples.user(user, user.toString(), Role.TENANT_USER));
    return user;
  }
}
