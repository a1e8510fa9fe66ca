package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.LedgerRefusal;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final UserId id = new UserId(UUID.randomUUID());
  private final String email = id.value() + "@example.com";
  private Caller caller = Node.caller();

  @BeforeEach
  void aTenant() {
    caller = Examples.tenantOf(node);
  }

  @Test
  void aUserBelongsToTheTenantThatItIsRegisteredIn() {
    node.send(caller, Examples.user(id, email, Role.TENANT_ADMIN));
    User user = node.ledger().state(User.STREAM, id);
    assertThat(user.home()).isEqualTo(caller.tenant());
    assertThat(user.status()).isEqualTo(User.Status.ACTIVE);
    assertThat(user.credential()).isNull();
  }

  @Test
  void aRoleIsOneOfWhereTheUserBelongs() {
    assertThat(node.violations(caller, Examples.user(id, email, Role.SUPERADMIN)))
        .containsExactly("/role no-such-platform");
    assertThat(node.violations(caller, Examples.user(id, email, Role.MASTER_ADMIN)))
        .containsExactly("/role no-such-organization");
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    assertThat(node.violations(caller, revised(1, 2, email, Role.MASTER_ADMIN)))
        .containsExactly("/role other-scope");
  }

  @Test
  void anEmailIsUniqueInTheWholePlatformUntilItIsGivenUp() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    Caller elsewhere = Examples.tenantOf(node);
    var second = Examples.user(new UserId(UUID.randomUUID()), email, Role.TENANT_ADMIN);
    assertThat(node.refusal(elsewhere, second))
        .isInstanceOfSatisfying(
            LedgerRefusal.ValueTaken.class,
            taken -> assertThat(taken.pointer()).isEqualTo("/email"));
    node.send(caller, revised(1, 9, "new." + email, Role.TENANT_USER));
    node.send(elsewhere, second);
  }

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    assertThat(node.send(caller, revised(1, 2, email, Role.TENANT_USER)).number()).isZero();
    node.send(caller, revised(7, 8, "new." + email, Role.TENANT_ADMIN));
    assertThat(node.ledger().types(id))
        .containsExactly(
            "user.registered", "user.renamed", "user.email-changed", "user.role-assigned");
  }

  @Test
  void personalTextIsSealedUnderTheUsersOwnKey() {
    UUID other = UUID.randomUUID();
    var wrong =
        new RegisterUser(
            id,
            Node.sealed(other, 1),
            Node.sealed(other, 2),
            Examples.hash(email),
            Role.TENANT_USER,
            Examples.setOf(),
            null);
    assertThat(node.violations(caller, wrong)).containsExactly("/name not-own", "/email not-own");
  }

  @Test
  void onlyAnActiveUserIsDisabledAndOnlyADisabledOneEnabled() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    assertThat(node.answer(caller, new EnableUser(id))).isEqualTo("user-active");
    node.send(caller, new DisableUser(id));
    assertThat(node.answer(caller, new DisableUser(id))).isEqualTo("user-disabled");
    node.send(caller, new EnableUser(id));
    assertThat(node.ledger().state(User.STREAM, id).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  void aPasswordIsAReference() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    UUID credential = UUID.randomUUID();
    node.send(caller, new SetPassword(id, credential));
    assertThat(node.ledger().state(User.STREAM, id).credential()).isEqualTo(credential);
  }

  private ReviseUser revised(int name, int sealedEmail, String address, Role role) {
    return new ReviseUser(
        id,
        Node.sealed(id.value(), name),
        Node.sealed(id.value(), sealedEmail),
        Examples.hash(address),
        role,
        Examples.setOf());
  }
}
