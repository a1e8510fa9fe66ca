package io.varve.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionAggregateTest {

  private static final Duration LIFE = Duration.ofHours(12);

  @AutoClose static final Node node = Node.start();

  private final SessionId id = new SessionId(UUID.randomUUID());
  private final UserId user = new UserId(UUID.randomUUID());
  private Caller varve = Node.caller();

  @BeforeEach
  void aUser() {
    Caller admin = Examples.tenantOf(node);
    node.send(admin, Examples.user(user, user.value() + "@example.com", Role.TENANT_USER));
    varve = as(user, EnumSet.of(Permission.SECURITY_NOTE));
    varve = varve.within(admin.tenant(), varve.permissions(), Set.of());
  }

  @Test
  void aSessionBeginsOpenAndWithoutASecondFactor() {
    node.send(varve, started());
    Session session = node.ledger().state(Session.STREAM, id);
    assertThat(session.status()).isEqualTo(Session.Status.OPEN);
    assertThat(session.verifiedAt()).isNull();
    assertThat(session.failuresBefore()).isEqualTo(3);
  }

  @Test
  void aSecondFactorComesWithItsTimeOrNotAtAll() {
    assertThat(node.violations(varve, started(Factor.TOTP, null)))
        .containsExactly("/verifiedAt mismatch");
    node.send(varve, started(Factor.TOTP, now()));
    assertThat(node.ledger().state(Session.STREAM, id).verifiedAt()).isEqualTo(now());
  }

  @Test
  void aSecondFactorGivenLaterIsNotedWithTheTimeAtWhichItWas() {
    node.send(varve, started());
    node.send(varve, new VerifySession(id, Factor.RECOVERY_CODE));
    Session session = node.ledger().state(Session.STREAM, id);
    assertThat(session.factor()).isEqualTo(Factor.RECOVERY_CODE);
    assertThat(session.verifiedAt()).isEqualTo(now());
  }

  @Test
  void aSessionThatIsOverIsNotVerified() {
    node.send(varve, started());
    node.clock().move(LIFE);
    assertThat(node.answer(varve, new VerifySession(id, Factor.TOTP))).isEqualTo("session-over");
    node.clock().move(LIFE.negated());
    node.send(varve, new EndSession(id, Session.Ending.TOKEN_REUSED));
    assertThat(node.answer(varve, new VerifySession(id, Factor.TOTP))).isEqualTo("session-over");
  }

  @Test
  void aSessionIsOneOfAUserOfThatHomeAndEndsInTheFuture() {
    var elsewhere = as(user, varve.permissions());
    assertThat(node.violations(elsewhere, started())).containsExactly("/user no-such-user");
    var past = new StartSession(id, user, 0, Session.Method.PASSWORD, null, null, 0, now());
    assertThat(node.violations(varve, past)).containsExactly("/expires past");
  }

  @Test
  void endingAnEndedSessionIsNoEventAndNoError() {
    node.send(varve, started());
    node.send(varve, new EndSession(id, Session.Ending.TOKEN_REUSED));
    assertThat(node.send(varve, new EndSession(id, Session.Ending.SIGNED_OUT)).number()).isZero();
    assertThat(node.send(own(user), new SignOut(id)).number()).isZero();
    assertThat(node.ledger().state(Session.STREAM, id).reason())
        .isEqualTo(Session.Ending.TOKEN_REUSED);
  }

  @Test
  void aUserSignsOutOfHisOwnSessionsAndKnowsNothingOfOthers() {
    node.send(varve, started());
    Caller other = own(new UserId(UUID.randomUUID()));
    assertThat(node.answer(other, new SignOut(id))).isEqualTo("not-found");
    node.send(own(user), new SignOut(id));
    assertThat(node.ledger().state(Session.STREAM, id).reason())
        .isEqualTo(Session.Ending.SIGNED_OUT);
  }

  @Test
  void nobodyWithARoleNotesSessionsAndNobodyActingForTheUserSignsHimOut() {
    for (Role role : Role.values()) {
      Caller caller = varve.within(varve.tenant(), role.permissions(), Set.of());
      assertThat(node.answer(caller, started())).isEqualTo("forbidden");
    }
    node.send(varve, started());
    assertThat(node.answer(varve, new SignOut(id))).isEqualTo("forbidden");
  }

  private static Instant now() {
    return node.clock().instant();
  }

  private StartSession started() {
    return started(null, null);
  }

  private StartSession started(@Nullable Factor factor, @Nullable Instant verifiedAt) {
    return new StartSession(
        id, user, 0, Session.Method.PASSWORD, factor, verifiedAt, 3, now().plus(LIFE));
  }

  private Caller own(UserId who) {
    return as(who, Role.TENANT_USER.permissions())
        .within(varve.tenant(), Role.TENANT_USER.permissions(), Set.of());
  }

  private static Caller as(UserId who, Set<Permission> permissions) {
    return Caller.of(UUID.randomUUID(), Actor.user(who.value()), permissions, Via.API);
  }
}
