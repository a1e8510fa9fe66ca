package io.varve.command.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.command.Command;
import io.varve.command.LedgerRefusal;
import io.varve.command.tenancy.RetireTenant;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.testing.Sql;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HeldTenantTest {

  @AutoClose static final Node node = Node.start();

  @Test
  void whileAHoldStandsTheTenantIsNotRetired() {
    Caller caller = Examples.tenantOf(node);
    var id = new HoldId(UUID.randomUUID());
    node.send(caller, placed(id));
    assertThat(node.refusal(caller, retired(caller)))
        .isInstanceOfSatisfying(
            LedgerRefusal.Held.class,
            held -> assertThat(held.matters()).containsExactly("2026-CV-7 (b)"));
    node.send(caller, new AskForRelease(id, "Settled"));
    assertThat(node.answer(caller, retired(caller))).isEqualTo("held");
    node.send(Node.caller(caller.tenant()), new ReleaseHold(id, "Yes"));
    assertThat(node.answer(caller, retired(caller))).isEqualTo("-");
    assertThat(node.answer(caller, placed(new HoldId(UUID.randomUUID()))))
        .isEqualTo("tenant-retired");
  }

  @Test
  void aHoldElsewhereDoesNotMatter() {
    Caller caller = Examples.tenantOf(node);
    node.send(Examples.tenantOf(node), placed(new HoldId(UUID.randomUUID())));
    assertThat(node.answer(caller, retired(caller))).isEqualTo("-");
  }

  @Test
  void ofAHoldAndARetirementAtOnceOnTwoNodesOneComesFirstAndTheOtherIsRefused() throws Exception {
    int retirements = 0;
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 40; round++) {
        Caller caller = Examples.tenantOf(node);
        var hold = placed(new HoldId(UUID.randomUUID()));
        Future<String> placing = threads.submit(() -> node.answer(caller, hold));
        Future<String> retiring = threads.submit(() -> other.answer(caller, retired(caller)));
        List<String> answers = List.of(placing.get(), retiring.get());
        assertThat(answers).isIn(List.of("-", "held"), List.of("tenant-retired", "-"));
        retirements += answers.getLast().equals("-") ? 1 : 0;
        assertThat(status(caller))
            .isEqualTo(
                answers.getLast().equals("-") ? Tenant.Status.RETIRED : Tenant.Status.ACTIVE);
      }
    }
    assertThat(retirements).isLessThanOrEqualTo(40);
  }

  /** The group that holds both is refused, and each alone is decided in the order they came. */
  @Test
  void inOneGroupOfCommandsTheFirstOfTheTwoWins() throws Exception {
    Caller caller = Examples.tenantOf(node);
    var hold = placed(new HoldId(UUID.randomUUID()));
    assertThat(answeredTogether(caller, List.of(hold, retired(caller))))
        .containsExactly("-", "held");
    Caller another = Examples.tenantOf(node);
    assertThat(answeredTogether(another, List.of(retired(another), hold)))
        .containsExactly("-", "tenant-retired");
  }

  private static List<String> answeredTogether(Caller caller, List<Command> commands)
      throws Exception {
    var answers = new ArrayList<Future<String>>();
    var all = new ArrayList<Command>();
    // What is being stored while the others wait.
    all.add(Examples.risk(new RiskId(UUID.randomUUID())));
    all.addAll(commands);
    try (Connection holder = Sql.connect(node.postgres().superuser());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from ledger.head for update");
      for (Command command : all) {
        var answer = new FutureTask<>(() -> node.answer(caller, command));
        answers.add(answer);
        Thread thread = Thread.startVirtualThread(answer);
        await().until(() -> thread.getState() == Thread.State.WAITING);
      }
      holder.rollback();
    }
    var said = new ArrayList<String>();
    for (Future<String> answer : answers.subList(1, answers.size())) {
      said.add(answer.get());
    }
    return said;
  }

  private static Tenant.Status status(Caller caller) {
    return node.ledger().state(Tenant.STREAM, new TenantId(caller.tenant())).status();
  }

  private static RetireTenant retired(Caller caller) {
    return new RetireTenant(new TenantId(caller.tenant()));
  }

  private static PlaceHold placed(HoldId id) {
    return new PlaceHold(
        id, "2026-CV-7 (b)", "Subpoena", new TreeSet<UserId>(), HoldScope.ofTenant());
  }
}
