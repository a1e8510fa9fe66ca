package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.UserId;
import io.varve.events.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImpersonationAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final ImpersonationId id = new ImpersonationId(UUID.randomUUID());
  private final SessionId session = new SessionId(UUID.randomUUID());
  private final UserId user = new UserId(UUID.randomUUID());
  private Caller tenant = Node.caller();
  private Caller admin = Node.caller();

  @BeforeEach
  void anAdministratorAndAUserOfATenant() {
    tenant = Examples.tenantOf(node);
    admin = Node.caller(tenant.tenant(), Role.MASTER_ADMIN.permissions());
    node.send(tenant, Examples.user(user, user.toString(), Role.TENANT_USER));
  }

  @Test
  void itSaysWhoActsAsWhomWhyAndForHowLong() {
    Instant until = in(Duration.ofMinutes(60));
    node.send(admin, started("Ticket 4711", until));
    Impersonation impersonation = node.ledger().state(Impersonation.STREAM, id);
    assertThat(impersonation.admin().value()).isEqualTo(admin.actor().id());
    assertThat(impersonation.session()).isEqualTo(session);
    assertThat(impersonation.user()).isEqualTo(user);
    assertThat(impersonation.reason()).isEqualTo("Ticket 4711");
    assertThat(impersonation.until()).isEqualTo(until);
    assertThat(node.ledger().events(id).getFirst().tenant()).isEqualTo(tenant.tenant());
  }

  @Test
  void itLastsAnHourAtMost() {
    assertThat(node.violations(admin, started("Why", in(Duration.ofMinutes(60).plusMillis(1)))))
        .containsExactly("/until out-of-range");
    assertThat(node.violations(admin, started("Why", in(Duration.ZERO))))
        .containsExactly("/until out-of-range");
  }

  @Test
  void itNeedsAReasonOnOneLine() {
    Instant until = in(Duration.ofMinutes(5));
    assertThat(node.violations(admin, started(" ", until))).containsExactly("/reason blank");
    assertThat(node.violations(admin, started("a\nb", until)))
        .containsExactly("/reason control-character");
    assertThat(node.violations(admin, started("x".repeat(501), until)))
        .containsExactly("/reason too-long");
  }

  @Test
  void itDoesNotNest() {
    Caller nested = Node.impersonated(Node.caller(tenant.tenant()), admin.actor());
    assertThat(node.answer(nested, started("Why", in(Duration.ofMinutes(5)))))
        .isEqualTo("impersonation-nested");
  }

  @Test
  void whoeverIsNoActiveUserOfTheTenantIsNotImpersonated() {
    Instant until = in(Duration.ofMinutes(5));
    var stranger = new UserId(UUID.randomUUID());
    node.send(Examples.tenantOf(node), Examples.user(stranger, "s@" + user, Role.TENANT_ADMIN));
    assertThat(
            node.violations(
                admin,
                new StartImpersonation(id, UUID.randomUUID(), session, stranger, "Why", until)))
        .containsExactly("/user no-such-user");
    node.send(tenant, new DisableUser(user));
    assertThat(node.answer(admin, started("Why", until))).isEqualTo("user-disabled");
  }

  @Test
  void itIsEndedByWhoeverActsInItAtAnyTime() {
    node.send(admin, started("Why", in(Duration.ofMinutes(5))));
    Caller within =
        Node.impersonated(
            Node.user(tenant.tenant(), user, Permission.IMPERSONATION_READ), admin.actor());
    node.send(within, new EndImpersonation(id));
    assertThat(node.answer(within, new EndImpersonation(id))).isEqualTo("impersonation-over");
  }

  @Test
  void itIsEndedByTheAdministratorAndByWhoeverMayWriteUsers() {
    node.send(admin, started("Why", in(Duration.ofMinutes(5))));
    Caller reader = Node.caller(tenant.tenant(), Role.TENANT_USER.permissions());
    assertThat(node.answer(reader, new EndImpersonation(id))).isEqualTo("forbidden");
    Caller impersonated = Node.user(tenant.tenant(), user, Permission.IMPERSONATION_READ);
    assertThat(node.answer(impersonated, new EndImpersonation(id))).isEqualTo("forbidden");
    node.send(
        Node.caller(tenant.tenant(), Set.of(Permission.IMPERSONATION_READ, Permission.USER_WRITE)),
        new EndImpersonation(id));
    var second = new ImpersonationId(UUID.randomUUID());
    node.send(
        admin,
        new StartImpersonation(
            second, UUID.randomUUID(), session, user, "Why", in(Duration.ofMinutes(5))));
    node.send(
        admin.within(admin.tenant(), Set.of(Permission.IMPERSONATION_READ), Set.of()),
        new EndImpersonation(second));
  }

  @Test
  void onceItsTimeIsOverThereIsNothingToEnd() {
    try (Node fresh = Node.start()) {
      Caller home = Examples.tenantOf(fresh);
      fresh.send(home, Examples.user(user, user.toString(), Role.TENANT_USER));
      Instant until = fresh.clock().instant().plus(Duration.ofMinutes(5));
      fresh.send(home, new StartImpersonation(id, UUID.randomUUID(), session, user, "Why", until));
      fresh.clock().move(Duration.ofMinutes(5));
      assertThat(fresh.answer(home, new EndImpersonation(id))).isEqualTo("impersonation-over");
    }
  }

  private StartImpersonation started(String reason, Instant until) {
    return new StartImpersonation(id, UUID.randomUUID(), session, user, reason, until);
  }

  private static Instant in(Duration time) {
    return node.clock().instant().plus(time);
  }
}
