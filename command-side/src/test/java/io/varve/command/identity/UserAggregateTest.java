package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.Command;
import io.varve.command.LedgerRefusal;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.LinkSent;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import java.time.Instant;
import java.util.List;
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

  @Test
  void rolesOfTheTenantsOwnMakingAreAddedToTheOneThatAUserHasAnyway() {
    RoleId first = role("First");
    RoleId second = role("Second");
    node.send(caller, registered(Role.TENANT_USER, first));
    node.send(caller, granted(Role.TENANT_USER, first, second));
    node.send(caller, granted(Role.TENANT_USER));
    assertThat(node.ledger().types(id))
        .containsExactly(
            "user.registered", "user.roles-granted", "user.roles-granted", "user.roles-granted");
    assertThat(node.ledger().state(User.STREAM, id).roles()).isEmpty();
  }

  @Test
  void onlyARoleThatIsThereAndActiveIsGrantedAnew() {
    RoleId withdrawn = role("Withdrawn");
    RoleId kept = role("Kept");
    node.send(caller, registered(Role.TENANT_USER, kept));
    node.send(caller, new WithdrawRole(withdrawn));
    node.send(caller, new WithdrawRole(kept));
    var missing = new RoleId(UUID.randomUUID());
    assertThat(node.violations(caller, granted(Role.TENANT_USER, kept, withdrawn)))
        .containsExactly("/roles no-such-role");
    assertThat(node.violations(caller, granted(Role.TENANT_USER, kept, missing)))
        .containsExactly("/roles no-such-role");
    node.send(caller, granted(Role.TENANT_ADMIN, kept));
  }

  @Test
  void whoIsInNoTenantHasNoRolesOfATenant() {
    assertThat(
            node.violations(caller, registered(Role.CARRIER_USER, new RoleId(UUID.randomUUID()))))
        .containsExactly("/roles not-of-a-tenant");
  }

  @Test
  void aSecondFactorIsTheUsersOwnAndSoAreRecoveryCodesInItsPlace() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    assertThat(node.answer(own(), new IssueRecoveryCodes(id, 10))).isEqualTo("no-second-factor");
    UUID totp = UUID.randomUUID();
    node.send(own(), new EnrolTotp(id, totp));
    node.send(own(), new IssueRecoveryCodes(id, 2));
    node.send(own(), new UseRecoveryCode(id));
    User user = node.ledger().state(User.STREAM, id);
    assertThat(user.totp()).isEqualTo(totp);
    assertThat(user.recoveryCodes()).isEqualTo(1);
    node.send(own(), new UseRecoveryCode(id));
    assertThat(node.answer(own(), new UseRecoveryCode(id))).isEqualTo("no-recovery-code");
    node.send(own(), new IssueRecoveryCodes(id, 10));
    node.send(caller, new ResetSecondFactor(id));
    user = node.ledger().state(User.STREAM, id);
    assertThat(user.totp()).isNull();
    assertThat(user.recoveryCodes()).isZero();
  }

  @Test
  void whatIsTheUsersOwnNobodyElseDoesForHim() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    Caller impersonating = Node.impersonated(own(), caller.actor());
    List<Command> owns =
        List.of(
            new SetOwnPassword(id, UUID.randomUUID()),
            new EnrolTotp(id, UUID.randomUUID()),
            new RemoveTotp(id),
            new IssueRecoveryCodes(id, 10),
            new UseRecoveryCode(id),
            new LinkSignOn(id, UUID.randomUUID(), Examples.hash("subject")),
            new UnlinkOwnSignOn(id, UUID.randomUUID()));
    for (Command command : owns) {
      assertThat(node.answer(caller, command)).isEqualTo("not-own-account");
      assertThat(node.answer(impersonating, command)).isEqualTo("not-own-account");
      assertThat(node.answer(Node.user(caller.tenant(), id), command)).isEqualTo("forbidden");
    }
    node.send(caller, new DisableUser(id));
    for (Command command : owns) {
      assertThat(node.answer(own(), command)).isEqualTo("user-disabled");
    }
  }

  @Test
  void aLinkIsRememberedUntilThereIsAPassword() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    Instant until = Instant.parse("2026-03-01T00:00:00Z");
    node.send(caller, new SendLink(id, LinkSent.Purpose.INVITATION, until));
    assertThat(node.ledger().state(User.STREAM, id).link())
        .isEqualTo(new LinkSent(LinkSent.Purpose.INVITATION, until));
    node.send(own(), new SetOwnPassword(id, UUID.randomUUID()));
    assertThat(node.ledger().state(User.STREAM, id).link()).isNull();
    node.send(
        Node.user(caller.tenant(), id, Permission.SECURITY_NOTE), new SendResetLink(id, until));
    assertThat(node.ledger().state(User.STREAM, id).link())
        .isEqualTo(new LinkSent(LinkSent.Purpose.RESET, until));
  }

  @Test
  void anIdentityElsewhereIsOneUserInTheWholePlatform() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    UUID provider = UUID.randomUUID();
    String subject = Examples.hash(email + " elsewhere");
    node.send(own(), new LinkSignOn(id, provider, subject));
    Caller elsewhere = Examples.tenantOf(node);
    var other = new UserId(UUID.randomUUID());
    node.send(elsewhere, Examples.user(other, "other." + email, Role.TENANT_ADMIN));
    Caller otherOwn = Node.user(elsewhere.tenant(), other, Permission.ACCOUNT_WRITE);
    var same = new LinkSignOn(other, UUID.randomUUID(), subject);
    assertThat(node.answer(otherOwn, same)).isEqualTo("value-taken");
    node.send(caller, new UnlinkSignOn(id, provider));
    node.send(otherOwn, same);
    node.send(otherOwn, new UnlinkOwnSignOn(other, same.provider()));
    assertThat(node.ledger().state(User.STREAM, other).signOns()).isEmpty();
  }

  @Test
  void oneUserMayNeedASecondFactorWhereNobodyElseDoes() {
    node.send(caller, Examples.user(id, email, Role.TENANT_USER));
    node.send(caller, new SetUserMfaPolicy(id, true));
    assertThat(node.ledger().state(User.STREAM, id).mfaRequired()).isTrue();
  }

  private Caller own() {
    return Node.user(caller.tenant(), id, Permission.ACCOUNT_WRITE);
  }

  private RoleId role(String name) {
    var role = new RoleId(UUID.randomUUID());
    node.send(caller, Examples.role(role, name, Permission.RISK_WRITE));
    return role;
  }

  private RegisterUser registered(Role role, RoleId... roles) {
    return new RegisterUser(
        id,
        Node.sealed(id.value(), 1),
        Node.sealed(id.value(), 2),
        Examples.hash(email),
        role,
        Examples.setOf(roles),
        null);
  }

  private ReviseUser granted(Role role, RoleId... roles) {
    return new ReviseUser(
        id,
        Node.sealed(id.value(), 1),
        Node.sealed(id.value(), 2),
        Examples.hash(email),
        role,
        Examples.setOf(roles));
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
