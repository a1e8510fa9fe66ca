package io.varve.command.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldAggregateTest {

  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  @AutoClose static final Node node = Node.start();

  private final HoldId id = new HoldId(UUID.randomUUID());
  private final UserId custodian = new UserId(UUID.randomUUID());
  private Caller one = Node.caller();
  private Caller other = Node.caller();

  @BeforeEach
  void twoPeopleAndACustodianOfATenant() {
    one = Examples.tenantOf(node);
    other = Node.caller(one.tenant());
    node.send(one, Examples.user(custodian, custodian.toString(), Role.TENANT_USER));
  }

  @Test
  void itSaysForWhichMatterWhatIsKeptByWhomAndWhy() {
    node.send(one, placed(streams("risk")));
    Hold hold = state();
    assertThat(hold.matter()).isEqualTo("2026-CV-1");
    assertThat(hold.reason()).isEqualTo("Subpoena");
    assertThat(hold.placedBy().value()).isEqualTo(one.actor().id());
    assertThat(hold.status()).isEqualTo(Hold.Status.STANDING);
  }

  @Test
  void itKeepsSomething() {
    assertThat(node.violations(one, placed(scope(Examples.setOf(), null, null))))
        .containsExactly("/scope empty");
    node.send(one, new PlaceHold(id, "M", "Why", Examples.setOf(custodian), nothing()));
    assertThat(state().names(custodian.value())).isTrue();
  }

  @Test
  void itsScopeMakesSense() {
    assertThat(node.violations(one, placed(streams("lawyers"))))
        .containsExactly("/scope/streams no-such-stream");
    assertThat(node.violations(one, placed(scope(Examples.setOf(), MAY, JANUARY))))
        .containsExactly("/scope/to out-of-range");
    var both = new HoldScope(true, new TreeSet<>(Examples.setOf("risk")), ids(), ids(), null, null);
    assertThat(node.violations(one, placed(both)))
        .containsExactly("/scope/wholeTenant contradictory");
  }

  @Test
  void aCustodianIsAUserOfTheTenant() {
    var stranger = new UserId(UUID.randomUUID());
    assertThat(
            node.violations(
                one, new PlaceHold(id, "M", "Why", Examples.setOf(stranger), nothing())))
        .containsExactly("/custodians no-such-user");
  }

  @Test
  void itIsWidenedAndNeverNarrowed() {
    node.send(one, placed(scope(Examples.setOf("risk"), JANUARY, MAY)));
    for (HoldScope narrower :
        new HoldScope[] {
          scope(Examples.setOf("risk"), JANUARY.plusSeconds(1), MAY),
          scope(Examples.setOf("risk"), JANUARY, MAY.minusSeconds(1)),
          scope(Examples.setOf("kri"), JANUARY, MAY),
          nothing()
        }) {
      assertThat(node.violations(one, extended(Examples.setOf(custodian), narrower)))
          .as(narrower.toString())
          .containsExactly("/scope narrowed");
    }
    for (HoldScope wider :
        new HoldScope[] {
          scope(Examples.setOf("risk", "kri"), JANUARY, MAY),
          scope(Examples.setOf(), JANUARY, MAY),
          scope(Examples.setOf(), null, MAY),
          HoldScope.ofTenant()
        }) {
      node.send(one, extended(Examples.setOf(custodian), wider));
      assertThat(state().scope()).isEqualTo(wider);
    }
    assertThat(node.violations(one, extended(Examples.setOf(), HoldScope.ofTenant())))
        .containsExactly("/custodians narrowed");
    assertThat(node.ledger().events(id)).hasSize(5);
  }

  @Test
  void itTakesTwoPeopleToReleaseIt() {
    node.send(one, placed(HoldScope.ofTenant()));
    assertThat(node.answer(other, released())).isEqualTo("release-not-asked");
    node.send(one, new AskForRelease(id, "Settled"));
    assertThat(node.answer(other, new AskForRelease(id, "Too"))).isEqualTo("release-asked");
    assertThat(node.answer(one, released())).isEqualTo("second-person");
    assertThat(state().stands()).isTrue();
    node.send(other, released());
    assertThat(state().status()).isEqualTo(Hold.Status.RELEASED);
    assertThat(node.answer(one, new AskForRelease(id, "Again"))).isEqualTo("hold-released");
    assertThat(node.answer(one, extended(Examples.setOf(), HoldScope.ofTenant())))
        .isEqualTo("hold-released");
  }

  @Test
  void whatIsAskedForCanBeWithdrawn() {
    node.send(one, placed(HoldScope.ofTenant()));
    node.send(one, new AskForRelease(id, "Settled"));
    node.send(other, new WithdrawRelease(id));
    assertThat(node.answer(other, released())).isEqualTo("release-not-asked");
    assertThat(state().status()).isEqualTo(Hold.Status.STANDING);
  }

  @Test
  void neitherAKeyNorAnImpersonatorIsAPerson() {
    node.send(one, placed(HoldScope.ofTenant()));
    node.send(one, new AskForRelease(id, "Settled"));
    Caller impersonated = Node.impersonated(other, Actor.user(UUID.randomUUID()));
    Caller key =
        Caller.of(one.tenant(), Actor.apiKey(UUID.randomUUID()), one.permissions(), one.via());
    for (Caller nobody : new Caller[] {impersonated, key}) {
      assertThat(node.answer(nobody, released())).isEqualTo("second-person");
      var another =
          new PlaceHold(new HoldId(UUID.randomUUID()), "M", "R", ofUsers(), HoldScope.ofTenant());
      assertThat(node.answer(nobody, another)).isEqualTo("second-person");
    }
  }

  private Hold state() {
    return node.ledger().state(Hold.STREAM, id);
  }

  private PlaceHold placed(HoldScope scope) {
    return new PlaceHold(id, "2026-CV-1", "Subpoena", ofUsers(), scope);
  }

  private ExtendHold extended(SortedSet<UserId> custodians, HoldScope scope) {
    return new ExtendHold(id, custodians, scope, "More");
  }

  private ReleaseHold released() {
    return new ReleaseHold(id, "Counsel agrees");
  }

  private static HoldScope streams(String stream) {
    return scope(Examples.setOf(stream), null, null);
  }

  private static HoldScope nothing() {
    return scope(Examples.setOf(), null, null);
  }

  private static HoldScope scope(
      SortedSet<String> streams, @Nullable Instant from, @Nullable Instant to) {
    return new HoldScope(false, streams, ids(), ids(), from, to);
  }

  private static SortedSet<UUID> ids() {
    return new TreeSet<>();
  }

  private static SortedSet<UserId> ofUsers() {
    return new TreeSet<>();
  }
}
