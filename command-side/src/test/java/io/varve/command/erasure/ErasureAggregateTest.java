package io.varve.command.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.LedgerRefusal;
import io.varve.command.hold.PlaceHold;
import io.varve.command.identity.EnableUser;
import io.varve.command.identity.EraseUser;
import io.varve.command.identity.SetUserMfaPolicy;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasureAggregateTest {

  private static final Erasure.Extent EXTENT = new Erasure.Extent(3, 7);

  @AutoClose static final Node node = Node.start();

  private final ErasureId id = new ErasureId(UUID.randomUUID());
  private final UserId user = new UserId(UUID.randomUUID());
  private Caller one = Node.caller();
  private Caller other = Node.caller();

  @BeforeEach
  void twoPeopleAndAUserOfATenant() {
    one = Examples.tenantOf(node);
    other = Node.caller(one.tenant());
    node.send(one, Examples.user(user, user.toString(), Role.TENANT_USER));
  }

  @Test
  void itTakesTwoPeople() {
    node.send(one, requested(id));
    assertThat(node.answer(one, new ApproveErasure(id))).isEqualTo("second-person");
    Caller impersonated = Node.impersonated(other, Actor.user(UUID.randomUUID()));
    assertThat(node.answer(impersonated, new ApproveErasure(id))).isEqualTo("second-person");
    node.send(other, new ApproveErasure(id));
    assertThat(state().status()).isEqualTo(Erasure.Status.APPROVED);
    assertThat(state().requester().value()).isEqualTo(one.actor().id());
    assertThat(node.answer(one, new WithdrawErasure(id))).isEqualTo("erasure-decided");
  }

  @Test
  void whatIsWithdrawnIsNotApprovedAndCanBeAskedForAgain() {
    node.send(one, requested(id));
    var again = new ErasureId(UUID.randomUUID());
    assertThat(node.answer(other, requested(again))).isEqualTo("value-taken");
    node.send(one, new WithdrawErasure(id));
    assertThat(node.answer(other, new ApproveErasure(id))).isEqualTo("erasure-decided");
    node.send(other, requested(again));
  }

  @Test
  void whoIsHeldIsNotAskedFor() {
    node.send(
        one,
        new PlaceHold(
            new HoldId(UUID.randomUUID()),
            "2026-CV-1",
            "Why",
            Examples.setOf(user),
            new HoldScope(false, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), null, null)));
    assertThat(node.refusal(one, requested(id)))
        .isInstanceOfSatisfying(
            LedgerRefusal.Held.class,
            held -> assertThat(held.matters()).containsExactly("2026-CV-1"));
  }

  @Test
  void nobodyErasesWhoeverMayMore() {
    var admin = new UserId(UUID.randomUUID());
    node.send(one, Examples.user(admin, admin.toString(), Role.TENANT_ADMIN));
    Caller modest = Node.giving(one.tenant(), EnumSet.of(Permission.ERASURE_WRITE));
    var wanted = new RequestErasure(id, null, admin.value(), "GDPR", EXTENT);
    assertThat(node.answer(modest, wanted)).isEqualTo("escalation");
    node.send(one, wanted);
    assertThat(node.answer(modest, new ApproveErasure(id))).isEqualTo("escalation");
  }

  @Test
  void itIsCompletedOnce() {
    node.send(one, requested(id));
    node.send(one, complete(1));
    assertThat(state().status()).isEqualTo(Erasure.Status.REQUESTED);
    node.send(other, new ApproveErasure(id));
    node.send(one, complete(2));
    node.send(one, complete(3));
    node.send(one, new BlockErasure(id, null, null));
    assertThat(state().status()).isEqualTo(Erasure.Status.COMPLETED);
    assertThat(state().removed()).containsExactlyEntriesOf(Map.of("links", 2L));
    assertThat(node.answer(one, requested(new ErasureId(UUID.randomUUID()))))
        .isEqualTo("value-taken");
  }

  @Test
  void onlyVarveItselfExecutes() {
    Caller admin = Node.caller(one.tenant(), Role.TENANT_ADMIN.permissions());
    assertThat(node.answer(admin, complete(1))).isEqualTo("forbidden");
    assertThat(node.answer(admin, new EraseUser(user))).isEqualTo("forbidden");
  }

  @Test
  void anErasedUserIsNobodyAndStaysSo() {
    node.send(one, new EraseUser(user));
    node.send(one, new EraseUser(user));
    User erased = node.ledger().state(User.STREAM, user);
    assertThat(erased.status()).isEqualTo(User.Status.ERASED);
    assertThat(erased.emailHash()).isNull();
    assertThat(erased.credential()).isNull();
    assertThat(erased.epoch()).isPositive();
    assertThat(node.answer(one, new EnableUser(user))).isEqualTo("user-erased");
    assertThat(node.answer(one, new SetUserMfaPolicy(user, true))).isEqualTo("user-erased");
    assertThat(node.ledger().types(user)).containsExactly("user.registered", "user.erased");
    var next = new UserId(UUID.randomUUID());
    node.send(one, Examples.user(next, user.toString(), Role.TENANT_USER));
  }

  @Test
  void theLastAdministratorStays() {
    var admin = new UserId(UUID.randomUUID());
    node.send(one, Examples.user(admin, admin.toString(), Role.TENANT_ADMIN));
    assertThat(node.answer(one, new EraseUser(admin))).isEqualTo("last-admin");
  }

  private Erasure state() {
    return node.ledger().state(Erasure.STREAM, id);
  }

  private RequestErasure requested(ErasureId as) {
    return new RequestErasure(as, null, user.value(), "GDPR Art. 17(1)(b)", EXTENT);
  }

  private CompleteErasure complete(long links) {
    return new CompleteErasure(id, EXTENT, new TreeMap<>(Map.of("links", links)));
  }
}
