package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory may do to the users and groups of a tenant. */
class DirectoryTest {

  @AutoClose static final Node node = Node.start();

  private final UserId user = new UserId(UUID.randomUUID());
  private final GroupId auditors = new GroupId(UUID.randomUUID());
  private final RoleId auditor = new RoleId(UUID.randomUUID());
  private Caller admin = Node.caller();
  private Caller directory = Node.caller();

  @BeforeEach
  void aTenantWithADirectory() {
    admin = Examples.tenantOf(node);
    directory = Node.caller(admin.tenant(), Set.of(Permission.DIRECTORY_WRITE));
    node.send(admin, Examples.role(auditor, "Auditor", Permission.AUDIT_READ));
  }

  @Test
  void whoeverComesFromADirectoryIsAnOrdinaryUserWithoutAPassword() {
    node.send(directory, new ProvisionUser(user, entry(true)));
    User there = node.ledger().state(User.STREAM, user);
    assertThat(there.role()).isEqualTo(Role.TENANT_USER);
    assertThat(there.roles()).isEmpty();
    assertThat(there.credential()).isNull();
    assertThat(there.externalId()).isNotNull();
  }

  @Test
  void whatADirectorySaysAgainIsNoEvent() {
    DirectoryEntry entry = entry(false);
    node.send(directory, new ProvisionUser(user, entry));
    long events = node.ledger().events(user).size();
    node.send(directory, new AlignUser(user, entry));
    assertThat(node.ledger().events(user)).hasSize((int) events);
    assertThat(node.ledger().state(User.STREAM, user).status()).isEqualTo(User.Status.DISABLED);
  }

  @Test
  void whoIsRemovedFromADirectoryComesBackAsTheSameUser() {
    node.send(directory, new ProvisionUser(user, entry(true)));
    node.send(directory, new DeprovisionUser(user));
    User gone = node.ledger().state(User.STREAM, user);
    assertThat(gone.deprovisioned()).isTrue();
    assertThat(gone.status()).isEqualTo(User.Status.DISABLED);
    assertThat(gone.epoch()).isEqualTo(1);
    var other = new UserId(UUID.randomUUID());
    node.send(directory, new ProvisionUser(other, entry(other, "ext-" + user)));
    node.send(directory, new DeprovisionUser(other));
    node.send(directory, new AlignUser(user, entry(false)));
    User back = node.ledger().state(User.STREAM, user);
    assertThat(back.deprovisioned()).isFalse();
    assertThat(back.status()).isEqualTo(User.Status.DISABLED);
    assertThat(node.ledger().events(user).stream().map(event -> event.event()))
        .endsWith(new UserEnabled(), new UserDisabled());
  }

  @Test
  void aDirectoryCallsNoTwoUsersTheSame() {
    node.send(directory, new ProvisionUser(user, entry(true)));
    var other = new UserId(UUID.randomUUID());
    assertThat(node.answer(directory, new ProvisionUser(other, entry(other, "ext-" + user))))
        .isEqualTo("value-taken");
  }

  @Test
  void administratorsAreNoneOfADirectorysBusiness() {
    node.send(admin, Examples.user(user, "a@" + user, Role.TENANT_ADMIN));
    assertThatTheDirectoryHasNoSay();
  }

  @Test
  void norIsWhoHasMoreThanGroupsGive() {
    node.send(directory, new ProvisionUser(user, entry(true)));
    User there = node.ledger().state(User.STREAM, user);
    node.send(
        admin,
        new ReviseUser(
            user,
            there.name(),
            there.email(),
            Objects.requireNonNull(there.emailHash()),
            Role.TENANT_USER,
            Examples.setOf(auditor)));
    assertThatTheDirectoryHasNoSay();
    node.send(admin, new CreateGroup(auditors, "Auditors", null));
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    node.send(directory, new AlignUser(user, entry(false)));
    node.send(admin, new RemoveGroup(auditors));
    assertThatTheDirectoryHasNoSay();
  }

  @Test
  void aDirectorySaysWhoIsInAGroupAndAnAdministratorWhatThatGives() {
    node.send(directory, new ProvisionUser(user, entry(true)));
    node.send(directory, new ProvisionGroup(auditors, "Auditors", "S-1", Examples.setOf(user)));
    assertThat(node.answer(directory, new MapGroupRoles(auditors, Examples.setOf(auditor))))
        .isEqualTo("forbidden");
    node.send(admin, new MapGroupRoles(auditors, Examples.setOf(auditor)));
    node.send(directory, new AlignUser(user, entry(false)));
    node.send(
        directory, new AlignGroup(auditors, "Audit", null, Examples.setOf(), Examples.setOf(user)));
    Group group = node.ledger().state(Group.STREAM, auditors);
    assertThat(group.members()).isEmpty();
    assertThat(group.roles()).containsExactly(auditor);
    node.send(directory, new DeprovisionGroup(auditors));
    assertThat(node.answer(directory, new DeprovisionGroup(auditors))).isEqualTo("group-removed");
  }

  private void assertThatTheDirectoryHasNoSay() {
    assertThat(node.answer(directory, new AlignUser(user, entry(true)))).isEqualTo("escalation");
    assertThat(node.answer(directory, new DeprovisionUser(user))).isEqualTo("escalation");
    assertThat(node.answer(directory, new DisableUser(user))).isEqualTo("forbidden");
  }

  private DirectoryEntry entry(boolean active) {
    return new DirectoryEntry(
        sealed(user, 1),
        sealed(user, 2),
        Examples.hash(user.value().toString()),
        sealed(user, 3),
        Examples.hash("ext-" + user),
        active);
  }

  private static DirectoryEntry entry(UserId id, String externalId) {
    return new DirectoryEntry(
        sealed(id, 1),
        sealed(id, 2),
        Examples.hash(id.value().toString()),
        sealed(id, 3),
        Examples.hash(externalId),
        true);
  }

  private static Personal sealed(UserId id, int text) {
    return Node.sealed(id.value(), text);
  }
}
