package io.varve.command.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ann has written a risk, Bob has registered Ann and Carol. */
class HoldsTest {

  @AutoClose static final Node node = Node.start();

  private final Holds holds = new Holds(node.database());
  private final UserId ann = new UserId(UUID.randomUUID());
  private final UserId carol = new UserId(UUID.randomUUID());
  private final RiskId risk = new RiskId(UUID.randomUUID());
  private final HoldId id = new HoldId(UUID.randomUUID());
  private Caller bob = Node.caller();
  private Instant written = Instant.EPOCH;

  @BeforeEach
  void aRiskAndThreePeople() {
    bob = Examples.tenantOf(node);
    node.send(bob, Examples.user(ann, ann.toString(), Role.TENANT_USER));
    node.send(bob, Examples.user(carol, carol.toString(), Role.TENANT_USER));
    node.clock().move(Duration.ofDays(1));
    node.send(Node.user(bob.tenant(), ann, Permission.RISK_WRITE), Examples.risk(risk));
    written = event(risk.value()).at();
  }

  @Test
  void aHoldOnTheWholeTenantCoversEverybody() {
    place(HoldScope.ofTenant());
    assertThat(covered(ann, carol, stranger())).containsExactly(true, true, true);
  }

  @Test
  void whoIsNamedIsCovered() {
    place(scope(streams(), none(), one(ann.value()), null, null));
    assertThat(covered(ann, carol)).containsExactly(true, false);
  }

  @Test
  void aCustodianIsCovered() {
    node.send(
        bob,
        new PlaceHold(
            id, "M", "R", Examples.setOf(carol), scope(streams(), none(), none(), null, null)));
    assertThat(covered(ann, carol)).containsExactly(false, true);
  }

  @Test
  void whoeverHasWrittenInAHeldStreamIsCovered() {
    place(scope(Examples.setOf("risk"), none(), none(), null, null));
    assertThat(covered(ann, carol)).containsExactly(true, false);
  }

  @Test
  void whoeverHasWrittenAHeldThingIsCovered() {
    place(scope(streams(), one(risk.value()), none(), null, null));
    assertThat(covered(ann, carol)).containsExactly(true, false);
  }

  @Test
  void whoseNameIsInAHeldEventIsCovered() {
    place(scope(Examples.setOf("user"), none(), none(), null, null));
    assertThat(covered(ann, carol, new UserId(bob.actor().id()))).containsExactly(true, true, true);
  }

  @Test
  void theTimeCounts() {
    place(scope(streams(), none(), none(), written, written.plusSeconds(1)));
    assertThat(covered(ann, carol)).containsExactly(true, false);
    assertThat(holds.standing(bob.tenant())).extracting(Hold::id).containsExactly(id);
  }

  @Test
  void theEndOfATimeIsNoPartOfIt() {
    place(scope(Examples.setOf("risk"), none(), none(), null, written));
    assertThat(covered(ann)).containsExactly(false);
    assertThat(Holds.covers(hold(), event(risk.value()))).isFalse();
  }

  @Test
  void allPartsOfAScopeHaveToLetAnEventIn() {
    place(scope(Examples.setOf("risk"), none(), one(carol.value()), null, null));
    assertThat(covered(ann, carol)).containsExactly(false, true);
  }

  @Test
  void whatIsReleasedCoversNobody() {
    place(HoldScope.ofTenant());
    node.send(bob, new AskForRelease(id, "Settled"));
    assertThat(covered(ann)).containsExactly(true);
    node.send(Node.caller(bob.tenant()), new ReleaseHold(id, "Yes"));
    assertThat(covered(ann)).containsExactly(false);
    assertThat(holds.standing(bob.tenant())).isEmpty();
  }

  @Test
  void aHoldOfAnotherTenantCoversNobodyHere() {
    Caller elsewhere = Examples.tenantOf(node);
    node.send(elsewhere, new PlaceHold(id, "M", "R", new TreeSet<>(), HoldScope.ofTenant()));
    assertThat(covered(ann)).containsExactly(false);
  }

  @Test
  void itIsToldOfASingleEventWhetherAHoldKeepsIt() {
    place(scope(Examples.setOf("risk"), none(), none(), null, null));
    assertThat(Holds.covers(hold(), event(risk.value()))).isTrue();
    assertThat(Holds.covers(hold(), event(ann.value()))).isFalse();
  }

  private Boolean[] covered(UserId... people) {
    var answers = new Boolean[people.length];
    for (int i = 0; i < people.length; i++) {
      answers[i] = !holds.covering(bob.tenant(), people[i].value()).isEmpty();
    }
    return answers;
  }

  private Hold hold() {
    return holds.standing(bob.tenant()).getFirst();
  }

  private StoredEvent event(UUID stream) {
    return new LedgerReader(node.database())
        .stream(Scope.command(bob.tenant()), bob.tenant(), stream, 0, 1).getFirst();
  }

  private void place(HoldScope scope) {
    node.send(bob, new PlaceHold(id, "M", "R", new TreeSet<>(), scope));
  }

  private static UserId stranger() {
    return new UserId(UUID.randomUUID());
  }

  private static HoldScope scope(
      SortedSet<String> streams,
      SortedSet<UUID> ids,
      SortedSet<UUID> subjects,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new HoldScope(false, streams, ids, subjects, from, to);
  }

  private static SortedSet<String> streams() {
    return new TreeSet<>();
  }

  private static SortedSet<UUID> none() {
    return new TreeSet<>();
  }

  private static SortedSet<UUID> one(UUID id) {
    return new TreeSet<>(Set.of(id));
  }
}
