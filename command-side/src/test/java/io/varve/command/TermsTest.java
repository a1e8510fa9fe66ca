package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.command.hold.AskForRelease;
import io.varve.command.hold.PlaceHold;
import io.varve.command.hold.ReleaseHold;
import io.varve.command.ledger.IdempotencyAnswers;
import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.IdentifyRisk;
import io.varve.command.risk.ReopenRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.tenancy.SetRetention;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code If-Match} and {@code Idempotency-Key}. */
class TermsTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final RiskId id = new RiskId(UUID.randomUUID());
  private final String key = UUID.randomUUID().toString();

  @Test
  void onTheVersionThatTheCallerSawACommandIsDecided() {
    long version = node.send(caller, Examples.risk(id)).answer().sequence();
    version = node.sendIfMatch(caller, new CloseRisk(id), version).answer().sequence();
    node.sendIfMatch(caller, new ReopenRisk(id), version);
    assertThat(node.ledger().types(id))
        .containsExactly("risk.identified", "risk.closed", "risk.reopened");
  }

  @Test
  void onAnOlderOrNewerVersionItIsStaleAndNothingIsWritten() {
    node.send(caller, Examples.risk(id));
    node.send(caller, new CloseRisk(id));
    for (long wrong : new long[] {0, 2, -1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> node.sendIfMatch(caller, new ReopenRisk(id), wrong))
          .isInstanceOf(LedgerRefusal.Stale.class);
    }
    assertThat(node.ledger().types(id)).containsExactly("risk.identified", "risk.closed");
  }

  @Test
  void ofManyOnTheSameVersionAtOnceOneIsDecided() throws Exception {
    node.send(caller, Examples.risk(id));
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Node each = i % 2 == 0 ? node : other;
        int likelihood = 1 + i % 2;
        answers.add(
            threads.submit(
                () -> {
                  try {
                    each.sendIfMatch(caller, revised(likelihood), 0);
                    return "-";
                  } catch (LedgerRefusal.Stale stale) {
                    return stale.code();
                  }
                }));
      }
      var all = new ArrayList<String>();
      for (Future<String> answer : answers) {
        all.add(answer.get());
      }
      assertThat(all).containsOnlyOnce("-");
    }
    assertThat(node.ledger().types(id)).containsExactly("risk.identified", "risk.reassessed");
  }

  @Test
  void theSameKeyAndRequestGetTheSameAnswerAndOneEvent() {
    var first = node.sendUnderKey(caller, Examples.risk(id), key, "aa");
    var again = node.sendUnderKey(caller, Examples.risk(new RiskId(UUID.randomUUID())), key, "aa");
    assertThat(first.replayed()).isFalse();
    assertThat(again.replayed()).isTrue();
    assertThat(again.answer()).isEqualTo(first.answer());
    assertThat(again.number()).isEqualTo(first.number());
    assertThat(eventsOfTenant()).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherRequestIsRefused() {
    node.sendUnderKey(caller, Examples.risk(id), key, "aa");
    assertThatThrownBy(() -> node.sendUnderKey(caller, new CloseRisk(id), key, "bb"))
        .isInstanceOf(LedgerRefusal.KeyReused.class);
    assertThat(eventsOfTenant()).isEqualTo(1);
  }

  @Test
  void aKeyIsItsCallersOwn() {
    node.sendUnderKey(caller, Examples.risk(id), key, "aa");
    Caller colleague = Node.caller(caller.tenant());
    assertThat(node.sendUnderKey(colleague, new CloseRisk(id), key, "bb").replayed()).isFalse();
  }

  @Test
  void anAnswerIsDeletedOnceItsDayIsOver() {
    try (var expired =
        new Expiry(node.database(), node.clock(), List.of(IdempotencyAnswers.EXPIRING))) {
      node.clock().move(Duration.ofDays(2));
      expired.forget();
      node.sendUnderKey(caller, Examples.risk(id), key, "aa");
      node.clock().move(Duration.ofHours(23));
      assertThat(expired.forget()).isZero();
      node.clock().move(Duration.ofHours(2));
      assertThat(expired.forget()).isEqualTo(1);
    }
  }

  @Test
  void aTenantHasItsAnswersRememberedForAsManyDaysAsItWants() {
    Caller owner = Examples.tenantOf(node);
    var tenant = new TenantId(owner.tenant());
    node.send(owner, new SetRetention(tenant, new Retention(30, 30, 3, 7)));
    try (var expired =
        new Expiry(node.database(), node.clock(), List.of(IdempotencyAnswers.EXPIRING))) {
      expired.forget();
      node.sendUnderKey(owner, Examples.risk(id), key, "aa");
      node.clock().move(Duration.ofDays(3));
      expired.forget();
      assertThat(node.sendUnderKey(owner, Examples.risk(id), key, "aa").replayed()).isTrue();
      node.clock().move(Duration.ofSeconds(1));
      assertThat(expired.forget()).isEqualTo(1);
    }
    assertThat(node.sendUnderKey(owner, new CloseRisk(id), key, "bb").replayed()).isFalse();
  }

  @Test
  void whatAHoldOnTheWholeTenantCoversIsNotDeleted() {
    Caller owner = Examples.tenantOf(node);
    var hold = new HoldId(UUID.randomUUID());
    try (var expired =
        new Expiry(node.database(), node.clock(), List.of(IdempotencyAnswers.EXPIRING))) {
      node.clock().move(Duration.ofDays(2));
      expired.forget();
      node.sendUnderKey(owner, Examples.risk(id), key, "aa");
      node.send(owner, new PlaceHold(hold, "M", "R", new TreeSet<>(), HoldScope.ofTenant()));
      node.clock().move(Duration.ofDays(100));
      expired.forget();
      assertThat(expired.forget()).isZero();
      node.send(owner, new AskForRelease(hold, "Settled"));
      node.send(Node.caller(owner.tenant()), new ReleaseHold(hold, "Yes"));
      assertThat(expired.forget()).isEqualTo(1);
    }
  }

  @Test
  void howLongAnythingIsKeptHasItsBounds() {
    Caller owner = Examples.tenantOf(node);
    assertThat(
            node.violations(
                owner,
                new SetRetention(new TenantId(owner.tenant()), new Retention(0, 91, 31, 366))))
        .containsExactly(
            "/exports out-of-range",
            "/sessions out-of-range",
            "/idempotency out-of-range",
            "/sandboxes out-of-range");
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    node.sendUnderKey(caller, Examples.risk(id), key, "aa");
    node.clock().move(Duration.ofHours(24));
    assertThat(node.sendUnderKey(caller, Examples.risk(id), key, "aa").replayed()).isTrue();
    node.clock().move(Duration.ofSeconds(1));
    assertThat(node.sendUnderKey(caller, new CloseRisk(id), key, "bb").replayed()).isFalse();
    assertThat(node.sendUnderKey(caller, new CloseRisk(id), key, "bb").replayed()).isTrue();
  }

  @Test
  void anAnswerThatNothingHadToBeDoneIsRememberedToo() {
    node.send(caller, Examples.risk(id));
    var nothing = node.sendUnderKey(caller, revised(3), key, "aa");
    assertThat(nothing.number()).isZero();
    node.send(caller, new CloseRisk(id));
    assertThat(node.sendUnderKey(caller, revised(3), key, "aa").replayed()).isTrue();
    assertThatThrownBy(() -> node.sendUnderKey(caller, new ReopenRisk(id), key, "bb"))
        .isInstanceOf(LedgerRefusal.KeyReused.class);
  }

  @Test
  void aRefusalIsNotRemembered() {
    assertThatThrownBy(() -> node.sendUnderKey(caller, new CloseRisk(id), key, "aa"))
        .isInstanceOf(LedgerRefusal.NoSuchStream.class);
    node.send(caller, Examples.risk(id));
    assertThat(node.sendUnderKey(caller, new CloseRisk(id), key, "aa").replayed()).isFalse();
  }

  @Test
  void manyAtOnceWithOneKeyOnTwoNodesGetOneAnswerAndWriteOneEvent() throws Exception {
    node.send(caller, Examples.risk(id));
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Receipt<Decided>>> creations = new ArrayList<>();
      List<Future<Receipt<Decided>>> closings = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Node each = i % 2 == 0 ? node : other;
        IdentifyRisk creation = Examples.risk(new RiskId(UUID.randomUUID()));
        creations.add(threads.submit(() -> each.sendUnderKey(caller, creation, key, "aa")));
        closings.add(
            threads.submit(() -> each.sendUnderKey(caller, new CloseRisk(id), key + "2", "bb")));
      }
      for (List<Future<Receipt<Decided>>> requests : List.of(creations, closings)) {
        Decided answer = requests.getFirst().get().answer();
        int original = 0;
        for (Future<Receipt<Decided>> request : requests) {
          assertThat(request.get().answer()).isEqualTo(answer);
          original += request.get().replayed() ? 0 : 1;
        }
        assertThat(original).isEqualTo(1);
      }
    }
    assertThat(eventsOfTenant()).isEqualTo(3);
  }

  private ReviseRisk revised(int likelihood) {
    return new ReviseRisk(
        id, "Ransomware", "", "malware", null, likelihood, 4, Treatment.MITIGATE, Examples.setOf());
  }

  private long eventsOfTenant() {
    return node.ledger().events().stream()
        .filter(event -> event.tenant().equals(caller.tenant()))
        .count();
  }
}
