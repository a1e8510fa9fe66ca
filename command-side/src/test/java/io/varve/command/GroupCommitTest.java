package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.events.control.ControlId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.postgres.testing.Sql;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private static final int WRITERS = 64;
  private static final int COMMANDS = 15;

  /** What became of each request: the number that it was answered with, or null if refused. */
  private final ConcurrentMap<String, Long> acknowledged = new ConcurrentHashMap<>();

  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @Test
  void manyWritersOnTwoNodesLeaveExactlyWhatWasAcknowledged() throws Exception {
    try (Node here = Node.start();
        Node there = here.another();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Caller> tenants = List.of(Node.caller(), Node.caller(), Node.caller());
      List<RiskId> shared = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        shared.add(new RiskId(UUID.randomUUID()));
        for (Caller tenant : tenants) {
          here.send(tenant, Examples.risk(shared.getLast()));
        }
      }
      int before = here.ledger().events().size();
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Node node = writer % 2 == 0 ? here : there;
        var random = new Random(writer);
        writers.add(threads.submit(() -> write(node, tenants, shared, random)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      here.ledger().check();
      List<StoredEvent> written = here.ledger().events();
      checkAcknowledged(written.subList(before, written.size()));
      assertThat(acknowledged.size() + refused.size()).isEqualTo(WRITERS * COMMANDS);
      assertThat(refused).isNotEmpty();
      assertThat(transactions(here)).isLessThan(acknowledged.size());
    }
  }

  private void write(Node node, List<Caller> tenants, List<RiskId> shared, Random random) {
    for (int i = 0; i < COMMANDS; i++) {
      String request = UUID.randomUUID().toString();
      Caller caller = Node.request(tenants.get(random.nextInt(tenants.size())), request);
      if (random.nextInt(20) == 0) {
        node.clock().move(Duration.ofMillis(random.nextInt(200) - 100));
      }
      try {
        Terms terms =
            random.nextInt(5) == 0 ? new Terms((long) random.nextInt(12), null) : Terms.NONE;
        var receipt = node.commands().send(caller, any(shared, random), terms);
        acknowledged.put(request, receipt.number());
      } catch (Refusal refusal) {
        refused.add(request);
      }
    }
  }

  /** New streams, changes to streams that others change too, and what must be refused. */
  private static Command any(List<RiskId> shared, Random random) {
    RiskId existing = shared.get(random.nextInt(shared.size()));
    var fresh = new RiskId(UUID.randomUUID());
    return switch (random.nextInt(20)) {
      case 0 -> Examples.risk(existing);
      case 1, 2 ->
          Examples.control(new ControlId(UUID.randomUUID()), "slug_" + random.nextInt(150));
      case 3 -> Examples.risk(fresh, new ControlId(existing.value()));
      case 4 -> revised(fresh, random);
      case 5 -> new ReviseRisk(existing, "", "", "", null, 0, 9, Treatment.AVOID, Examples.setOf());
      case 6, 7, 8, 9, 10 -> revised(existing, random);
      default -> Examples.risk(fresh);
    };
  }

  private static ReviseRisk revised(RiskId id, Random random) {
    return new ReviseRisk(
        id,
        "Title " + random.nextInt(3),
        "",
        "malware",
        null,
        1 + random.nextInt(5),
        1 + random.nextInt(5),
        Treatment.MITIGATE,
        Examples.setOf());
  }

  private void checkAcknowledged(List<StoredEvent> written) {
    Map<String, List<StoredEvent>> byRequest =
        written.stream().collect(Collectors.groupingBy(event -> event.provenance().request()));
    assertThat(refused).doesNotContainAnyElementsOf(byRequest.keySet());
    acknowledged.forEach(
        (request, number) -> {
          List<StoredEvent> events = byRequest.getOrDefault(request, List.of());
          assertThat(events.isEmpty()).isEqualTo(number == 0);
          for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            assertThat(event.number()).isEqualTo(number - events.size() + 1 + i);
            assertThat(event.position()).isEqualTo(events.getFirst().position() + i);
          }
        });
    assertThat(acknowledged.keySet()).containsAll(byRequest.keySet());
  }

  @Test
  void commandsThatWaitTogetherAreOneTransactionAndOneThatConflictsFailsAlone() throws Exception {
    try (Node node = Node.start()) {
      Caller caller = Node.caller();
      var known = new RiskId(UUID.randomUUID());
      node.send(caller, Examples.risk(known));
      List<Future<String>> answers = new ArrayList<>();
      List<Thread> waiting = new ArrayList<>();
      try (Connection holder = Sql.connect(node.postgres().superuser());
          Statement statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("select from ledger.head for update");
        for (int i = 0; i < 30; i++) {
          Command command =
              i % 10 == 9
                  ? Examples.control(new ControlId(UUID.randomUUID()), "wanted_by_all")
                  : Examples.risk(new RiskId(UUID.randomUUID()));
          var answer = new FutureTask<>(() -> node.answer(caller, command));
          answers.add(answer);
          waiting.add(Thread.startVirtualThread(answer));
        }
        await().until(() -> waiting.stream().allMatch(GroupCommitTest::waits));
        holder.rollback();
      }
      var all = new ArrayList<String>();
      for (Future<String> answer : answers) {
        all.add(answer.get());
      }
      assertThat(all.stream().filter("-"::equals)).hasSize(28);
      assertThat(all.stream().filter("value-taken"::equals)).hasSize(2);
      assertThat(node.ledger().events()).hasSize(29);
      assertThat(transactions(node)).isLessThan(15);
      node.send(caller, new CloseRisk(known));
    }
  }

  @Test
  void whenANodeEndsEveryCommandIsEitherStoredOrRefused() throws Exception {
    Node first = Node.start();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Node ending = first.another();
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(
            threads.submit(
                () -> ending.answer(Node.caller(), Examples.risk(new RiskId(UUID.randomUUID())))));
        if (i == 250) {
          ending.stop();
        }
      }
      int stored = 0;
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isIn("-", "ledger-unavailable");
        stored += answer.get().equals("-") ? 1 : 0;
      }
      assertThat(first.ledger().events()).hasSize(stored);
      ending.close();
    } finally {
      first.close();
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static long transactions(Node node) throws Exception {
    String count =
        Sql.one(node.postgres().superuser(), "select count(distinct xmin::text) from ledger.event");
    return Long.parseLong(count);
  }
}
