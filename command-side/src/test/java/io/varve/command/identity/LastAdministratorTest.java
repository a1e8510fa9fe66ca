package io.varve.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.command.Command;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.postgres.testing.Sql;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastAdministratorTest {

  @AutoClose static final Node node = Node.start();

  private Caller caller = Node.caller();

  @BeforeEach
  void aTenant() {
    caller = Examples.tenantOf(node);
  }

  @Test
  void theLastAdministratorIsNeitherDisabledNorDemoted() {
    UserId last = registered(Role.TENANT_ADMIN);
    registered(Role.TENANT_USER);
    assertThat(node.answer(caller, new DisableUser(last))).isEqualTo("last-admin");
    assertThat(node.answer(caller, demoted(last))).isEqualTo("last-admin");
    assertThat(node.ledger().types(last)).containsExactly("user.registered");
  }

  @Test
  void whoHasASuccessorMayGo() {
    UserId first = registered(Role.TENANT_ADMIN);
    UserId second = registered(Role.TENANT_ADMIN);
    node.send(caller, new DisableUser(first));
    assertThat(node.answer(caller, demoted(second))).isEqualTo("last-admin");
    node.send(caller, new EnableUser(first));
    node.send(caller, demoted(second));
    assertThat(node.answer(caller, new DisableUser(first))).isEqualTo("last-admin");
  }

  @Test
  void administratorsOfOtherHomesDoNotCount() {
    UserId here = registered(Role.TENANT_ADMIN);
    Caller elsewhere = Examples.tenantOf(node);
    node.send(elsewhere, user(new UserId(UUID.randomUUID()), Role.TENANT_ADMIN));
    assertThat(node.answer(caller, new DisableUser(here))).isEqualTo("last-admin");
  }

  @Test
  void whoeverIsNoAdministratorGoesAtAnyTime() {
    UserId user = registered(Role.TENANT_USER);
    node.send(caller, new DisableUser(user));
    assertThat(node.ledger().state(User.STREAM, user).status()).isEqualTo(User.Status.DISABLED);
  }

  @Test
  void ofTwoAdministratorsWhoDisableEachOtherOnTwoNodesOneStays() throws Exception {
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        Caller home = Examples.tenantOf(node);
        List<UserId> two = new ArrayList<>();
        for (Node each : List.of(node, other)) {
          var id = new UserId(UUID.randomUUID());
          each.send(home, user(id, Role.TENANT_ADMIN));
          two.add(id);
        }
        Future<String> one =
            threads.submit(() -> node.answer(home, new DisableUser(two.getFirst())));
        Future<String> another =
            threads.submit(() -> other.answer(home, new DisableUser(two.getLast())));
        assertThat(List.of(one.get(), another.get())).containsExactlyInAnyOrder("-", "last-admin");
      }
    }
  }

  @Test
  void whileOthersAreAppointedAndDismissedAtOnceThereIsAlwaysOne() throws Exception {
    UserId founder = registered(Role.TENANT_ADMIN);
    List<UserId> others = new ArrayList<>(List.of(founder));
    for (int i = 0; i < 7; i++) {
      others.add(registered(Role.TENANT_ADMIN));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (UserId each : others) {
        all.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 10; round++) {
                    String dismissed = node.answer(caller, new DisableUser(each));
                    assertThat(dismissed).isIn("-", "last-admin");
                    if (dismissed.equals("-")) {
                      node.send(caller, new EnableUser(each));
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(fewestAdministrators()).isEqualTo(1);
  }

  @Test
  void inOneGroupASuccessorIsAppointedBeforeTheLastOneGoesWhicheverCameFirst() throws Exception {
    for (boolean dismissedFirst : List.of(true, false)) {
      caller = Examples.tenantOf(node);
      UserId last = registered(Role.TENANT_ADMIN);
      UserId next = registered(Role.TENANT_USER);
      List<Command> wanted =
          new ArrayList<>(List.of(revised(next, Role.TENANT_ADMIN), new DisableUser(last)));
      if (dismissedFirst) {
        Collections.reverse(wanted);
      }
      wanted.addFirst(Examples.risk(new RiskId(UUID.randomUUID())));
      assertThat(answeredTogether(wanted)).containsOnly("-");
      assertThat(node.answer(caller, new DisableUser(next))).isEqualTo("last-admin");
    }
  }

  /** All but the first wait in this order while the first is being stored. */
  private List<String> answeredTogether(List<Command> commands) throws Exception {
    var answers = new ArrayList<Future<String>>();
    try (Connection holder = Sql.connect(node.postgres().superuser());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from ledger.head for update");
      for (Command command : commands) {
        var answer = new FutureTask<>(() -> node.answer(caller, command));
        answers.add(answer);
        Thread thread = Thread.startVirtualThread(answer);
        await().until(() -> thread.getState() == Thread.State.WAITING);
      }
      holder.rollback();
    }
    var all = new ArrayList<String>();
    for (Future<String> answer : answers) {
      all.add(answer.get());
    }
    return all;
  }

  /** The fewest that there were after any event since the first was appointed. */
  private int fewestAdministrators() {
    var active = new ArrayList<UUID>();
    int fewest = Integer.MAX_VALUE;
    for (var event : node.ledger().events()) {
      if (event.tenant().equals(caller.tenant()) && event.stream().equals("user")) {
        if (event.type().equals("user.disabled")) {
          active.remove(event.id());
        } else {
          active.add(event.id());
        }
        fewest = Math.min(fewest, active.size());
      }
    }
    return fewest;
  }

  private UserId registered(Role role) {
    var id = new UserId(UUID.randomUUID());
    node.send(caller, user(id, role));
    return id;
  }

  private static RegisterUser user(UserId id, Role role) {
    return Examples.user(id, id.value() + "@example.com", role);
  }

  private static ReviseUser demoted(UserId id) {
    return revised(id, Role.TENANT_USER);
  }

  private static ReviseUser revised(UserId id, Role role) {
    return new ReviseUser(
        id,
        Node.sealed(id.value(), 1),
        Node.sealed(id.value(), 2),
        Examples.hash(id.value() + "@example.com"),
        role,
        Examples.setOf());
  }
}
