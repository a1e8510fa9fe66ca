package io.varve.command.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.command.notice.Misuse.FailedSignIn;
import io.varve.command.notice.Misuse.FlawedKey;
import io.varve.command.notice.Misuse.LackedPermission;
import io.varve.command.tenancy.RetireTenant;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.ForbiddenException;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyId;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent.KeyRefused;
import io.varve.events.notice.NoticeEvent.PermissionRefused;
import io.varve.events.notice.NoticeEvent.SignInFailed;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.postgres.testing.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Misuse MISUSE = new LackedPermission(Permission.USER_WRITE);

  @AutoClose static final Node node = Node.start();
  @AutoClose static final Node other = node.another();

  @AutoClose
  private static final TallySweep sweep =
      new TallySweep(node.database(), node.commands(), node.clock());

  @AutoClose
  private static final TallySweep otherSweep =
      new TallySweep(other.database(), other.commands(), other.clock());

  private final Caller caller =
      Node.caller(UUID.randomUUID(), EnumSet.of(Permission.SECURITY_NOTE));

  @Test
  void theFirstInAWindowIsNotedAtOnce() {
    node.tally().note(caller, MISUSE);
    Instant now = node.clock().instant();
    assertThat(noted())
        .singleElement()
        .isInstanceOfSatisfying(
            PermissionRefused.class,
            refused -> {
              assertThat(refused.permission()).isEqualTo(Permission.USER_WRITE);
              assertThat(refused.count()).isEqualTo(1);
              assertThat(refused.first()).isEqualTo(now).isEqualTo(refused.last());
            });
    assertThat(stored().getFirst().provenance().actor()).isEqualTo(caller.actor());
  }

  @Test
  void thoseAfterItAreNotedTogetherWhenTheWindowIsOver() {
    node.tally().note(caller, MISUSE);
    node.clock().move(Duration.ofSeconds(1));
    Instant second = node.clock().instant();
    node.tally().note(caller, MISUSE);
    node.clock().move(Duration.ofSeconds(1));
    other.tally().note(caller, MISUSE);
    sweep.sweep();
    assertThat(counts()).containsExactly(1L);
    endWindow();
    sweep.sweep();
    assertThat(counts()).containsExactly(1L, 2L);
    assertThat(noted().getLast())
        .isInstanceOfSatisfying(
            PermissionRefused.class,
            rest -> {
              assertThat(rest.first()).isEqualTo(second);
              assertThat(rest.last()).isEqualTo(second.plusSeconds(1));
            });
    assertThat(stored().getLast().provenance().actor()).isEqualTo(caller.actor());
    assertThat(rows()).isEqualTo("0");
  }

  @Test
  void whatHappenedOnceIsNotedOnce() {
    node.tally().note(caller, MISUSE);
    endWindow();
    sweep.sweep();
    assertThat(counts()).containsExactly(1L);
    assertThat(rows()).isEqualTo("0");
  }

  @Test
  void inTheNextWindowTheFirstIsNotedAtOnceAgain() {
    node.tally().note(caller, MISUSE);
    endWindow();
    node.tally().note(caller, MISUSE);
    assertThat(counts()).containsExactly(1L, 1L);
  }

  @Test
  void whatDiffersInAnyWayIsCountedByItself() {
    var key = new ApiKeyId(UUID.randomUUID());
    node.tally().note(caller, MISUSE);
    node.tally().note(caller, new LackedPermission(Permission.ROLE_WRITE));
    node.tally().note(caller, new FailedSignIn(null));
    node.tally().note(caller, new FailedSignIn(new UserId(UUID.randomUUID())));
    node.tally().note(caller, new FlawedKey(key, Notice.KeyFlaw.REVOKED));
    node.tally().note(caller, new FlawedKey(key, Notice.KeyFlaw.EXPIRED));
    node.tally().note(Node.caller(caller.tenant(), caller.permissions()), MISUSE);
    node.tally().note(impersonated(), MISUSE);
    assertThat(counts()).hasSize(8).containsOnly(1L);
    node.tally().note(impersonated(), MISUSE);
    endWindow();
    sweep.sweep();
    assertThat(counts()).hasSize(8 + 1);
    assertThat(stored().getLast().provenance().impersonator())
        .isEqualTo(impersonated().impersonator());
  }

  @Test
  void whateverManyNodesCountAndNoteAtOnceAddsUpToWhatHappened() throws Exception {
    inParallel(
        40,
        i -> {
          (i % 2 == 0 ? node : other).tally().note(caller, MISUSE);
        });
    assertThat(counts()).containsExactly(1L);
    endWindow();
    inParallel(6, i -> (i % 2 == 0 ? sweep : otherSweep).sweep());
    assertThat(counts()).containsExactly(1L, 39L);
  }

  @Test
  void whatANodeCountedBeforeItStoppedIsNotedByAnother() {
    try (Node stopping = node.another()) {
      stopping.stop();
      stopping.tally().note(caller, MISUSE);
    }
    other.tally().note(caller, MISUSE);
    assertThat(counts()).isEmpty();
    endWindow();
    otherSweep.sweep();
    assertThat(counts()).containsExactly(1L, 1L);
  }

  @Test
  void whatANodeNotedBeforeItStoppedIsNotNotedAgain() throws Exception {
    node.tally().note(caller, MISUSE);
    node.tally().note(caller, MISUSE);
    endWindow();
    Sql.run(node.postgres().superuser(), "create table public.kept as table ops.tally");
    sweep.sweep();
    Sql.run(
        node.postgres().superuser(),
        "insert into ops.tally select * from public.kept where tenant_id = '%s'; drop table public.kept"
            .formatted(caller.tenant()));
    otherSweep.sweep();
    assertThat(counts()).containsExactly(1L, 1L);
    assertThat(rows()).isEqualTo("0");
  }

  @Test
  void inARetiredTenantNothingIsNotedAndNothingIsKept() {
    Caller admin = Examples.tenantOf(node);
    node.send(admin, new RetireTenant(new TenantId(admin.tenant())));
    node.tally().note(admin, MISUSE);
    endWindow();
    sweep.sweep();
    assertThat(rows()).isEqualTo("0");
  }

  @Test
  void nobodyWithoutThePermissionNotesOrCounts() {
    Caller stranger = Node.caller(caller.tenant(), Set.of(Permission.AUDIT_READ));
    node.tally().note(caller, MISUSE);
    assertThatThrownBy(() -> node.tally().note(stranger, MISUSE))
        .isInstanceOf(ForbiddenException.class);
  }

  private Caller impersonated() {
    return new Caller(
        caller.tenant(),
        caller.actor(),
        Actor.user(new UUID(1, 1)),
        caller.permissions(),
        Set.of(),
        Via.UI,
        null,
        null,
        null,
        null);
  }

  private static void endWindow() {
    node.clock().move(Tally.WINDOW);
  }

  private List<StoredEvent> stored() {
    return node.ledger().events().stream()
        .filter(event -> event.tenant().equals(caller.tenant()))
        .toList();
  }

  private List<Object> noted() {
    return stored().stream().<Object>map(StoredEvent::event).toList();
  }

  private List<Long> counts() {
    return noted().stream()
        .map(
            event ->
                switch (event) {
                  case PermissionRefused e -> e.count();
                  case SignInFailed e -> e.count();
                  case KeyRefused e -> e.count();
                  default -> throw new AssertionError(event);
                })
        .toList();
  }

  private static @Nullable String rows() {
    try {
      return Sql.one(
          node.postgres().superuser(),
          "select count(*) from ops.tally where ends <= '%s'".formatted(node.clock().instant()));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private interface Act {
    void run(int i);
  }

  private static void inParallel(int times, Act act) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> acts = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int each = i;
        acts.add(threads.submit(() -> act.run(each)));
      }
      for (Future<?> one : acts) {
        one.get();
      }
    }
  }
}
