package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.Command;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.LinkSent;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody gives to another, or decides over one who has, what he may not give. */
class EscalationTest {

  @AutoClose static final Node node = Node.start();

  private final UserId user = new UserId(UUID.randomUUID());
  private final RoleId auditor = new RoleId(UUID.randomUUID());
  private final GroupId auditors = new GroupId(UUID.randomUUID());
  private Caller admin = Node.caller();
  private Caller clerk = Node.caller();

  @BeforeEach
  void aTenantWithAClerkWhoMayGiveWhatAUserHas() {
    admin = Examples.tenantOf(node);
    clerk = Node.giving(admin.tenant(), Role.TENANT_USER.permissions());
    node.send(admin, Examples.role(auditor, "Auditor", Permission.AUDIT_READ));
    node.send(admin, new CreateGroup(auditors, "Auditors", null));
  }

  @Test
  void nobodyIsRegisteredWithMoreThanTheCallerMayGive() {
    assertThat(node.answer(clerk, registered(Role.TENANT_ADMIN))).isEqualTo("escalation");
    assertThat(node.answer(clerk, registered(Role.TENANT_USER, auditor))).isEqualTo("escalation");
    node.send(clerk, registered(Role.TENANT_USER));
    assertThat(node.answer(clerk, revised(Role.TENANT_ADMIN))).isEqualTo("escalation");
    assertThat(node.answer(clerk, revised(Role.TENANT_USER, auditor))).isEqualTo("escalation");
  }

  @Test
  void nobodyDecidesOverOneWhoHasMoreByTheRole() {
    node.send(admin, registered(Role.TENANT_ADMIN));
    node.send(admin, Examples.user(new UserId(UUID.randomUUID()), "2@" + user, Role.TENANT_ADMIN));
    assertThatTheClerkHasNoSay();
  }

  @Test
  void norByARoleOfTheTenantsOwnMaking() {
    node.send(admin, registered(Role.TENANT_USER, auditor));
    assertThatTheClerkHasNoSay();
    node.send(admin, new WithdrawRole(auditor));
    node.send(clerk, new DisableUser(user));
  }

  @Test
  void norByAGroup() {
    node.send(admin, registered(Role.TENANT_USER));
    node.send(admin, new ChangeGroupMembers(auditors, Examples.setOf(user), Examples.setOf()));
    node.send(clerk, new SetUserMfaPolicy(user, true));
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    assertThatTheClerkHasNoSay();
    node.send(admin, new ChangeGroupMembers(auditors, Examples.setOf(), Examples.setOf(user)));
    node.send(clerk, new DisableUser(user));
  }

  @Test
  void norByAGroupThatWasMappedToSomethingElseSince() {
    node.send(admin, registered(Role.TENANT_USER));
    node.send(admin, new ChangeGroupMembers(auditors, Examples.setOf(user), Examples.setOf()));
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf()));
    node.send(clerk, new DisableUser(user));
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    assertThat(node.answer(clerk, new EnableUser(user))).isEqualTo("escalation");
    node.send(admin, new RemoveGroup(auditors));
    node.send(clerk, new EnableUser(user));
  }

  @Test
  void nobodyDefinesOrChangesARoleThatGivesMore() {
    var id = new RoleId(UUID.randomUUID());
    assertThat(node.answer(clerk, Examples.role(id, "Mine", Permission.USER_WRITE)))
        .isEqualTo("escalation");
    node.send(clerk, Examples.role(id, "Mine", Permission.RISK_READ));
    assertThat(
            node.answer(
                clerk, new ReviseRole(id, "Mine", "", Examples.setOf(Permission.USER_WRITE))))
        .isEqualTo("escalation");
    assertThat(node.answer(clerk, new ReviseRole(auditor, "Nothing", "", Examples.setOf())))
        .isEqualTo("escalation");
    assertThat(node.answer(clerk, new WithdrawRole(auditor))).isEqualTo("escalation");
  }

  @Test
  void nobodyGivesMoreByAGroup() {
    node.send(admin, registered(Role.TENANT_USER));
    assertThat(node.answer(clerk, new MapGroupRoles(auditors, Examples.setOf(auditor))))
        .isEqualTo("escalation");
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    for (Command command :
        List.of(
            new MapGroupRoles(auditors, Examples.setOf()),
            new ChangeGroupMembers(auditors, Examples.setOf(user), Examples.setOf()),
            new RemoveGroup(auditors))) {
      assertThat(node.answer(clerk, command)).isEqualTo("escalation");
    }
  }

  @Test
  void whoMayGiveAllOfItNeedNotHaveIt() {
    Caller governor =
        Node.caller(admin.tenant())
            .within(admin.tenant(), EnumSet.of(Permission.USER_WRITE), Role.all(Role.Scope.TENANT));
    node.send(governor, registered(Role.TENANT_ADMIN, auditor));
  }

  private void assertThatTheClerkHasNoSay() {
    List<Command> decisions =
        List.of(
            revised(Role.TENANT_USER),
            new SetPassword(user, UUID.randomUUID()),
            new ResetSecondFactor(user),
            new SetUserMfaPolicy(user, false),
            new SendLink(user, LinkSent.Purpose.RESET, Instant.EPOCH),
            new UnlinkSignOn(user, UUID.randomUUID()),
            new DisableUser(user),
            new EnableUser(user));
    for (Command decision : decisions) {
      assertThat(node.answer(clerk, decision)).isEqualTo("escalation");
    }
  }

  private RegisterUser registered(Role role, RoleId... roles) {
    return new RegisterUser(
        user,
        Node.sealed(user.value(), 1),
        Node.sealed(user.value(), 2),
        Examples.hash(user.value().toString()),
        role,
        Examples.setOf(roles),
        null);
  }

  private ReviseUser revised(Role role, RoleId... roles) {
    return new ReviseUser(
        user,
        Node.sealed(user.value(), 1),
        Node.sealed(user.value(), 2),
        Examples.hash(user.value().toString()),
        role,
        Examples.setOf(roles));
  }
}
