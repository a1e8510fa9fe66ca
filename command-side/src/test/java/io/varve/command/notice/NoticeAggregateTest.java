package io.varve.command.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent.AccountLocked;
import io.varve.events.notice.NoticeEvent.PermissionRefused;
import io.varve.events.notice.NoticeEvent.TenantsRead;
import io.varve.events.notice.NoticeId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NoticeAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final NoticeId id = new NoticeId(UUID.randomUUID());

  @Test
  void eachReadAcrossTenantsIsANoticeOfItsOwn() {
    node.send(caller, new NoteMisuse(new TenantsRead(id, "portfolio", 12, null)));
    Notice notice = node.ledger().state(Notice.STREAM, id);
    assertThat(notice.kind()).isEqualTo(Notice.Kind.TENANTS_READ);
    assertThat(notice.tenants()).isEqualTo(12);
  }

  @Test
  void aNoticeIsBegunOnce() {
    var locked = new NoteMisuse(new AccountLocked(id, null, node.clock().instant(), 10));
    node.send(caller, locked);
    assertThat(node.answer(caller, locked)).isEqualTo("overtaken");
  }

  @Test
  void aNoticeKeepsTheRulesOfItsKind() {
    Instant now = node.clock().instant();
    assertThat(
            node.violations(
                caller,
                new NoteMisuse(
                    new PermissionRefused(id, Permission.RISK_READ, 0, now, now.minusSeconds(1)))))
        .containsExactly("/count out-of-range", "/last before-first");
    assertThat(node.violations(caller, new NoteMisuse(new TenantsRead(id, "All of it", -1, null))))
        .containsExactly("/what malformed", "/tenants out-of-range");
    assertThat(node.violations(caller, new NoteMisuse(new AccountLocked(id, null, now, 0))))
        .containsExactly("/failures out-of-range");
  }

  @Test
  void nobodyWithARoleNotesAnything() {
    for (Role role : Role.values()) {
      Caller user = Node.caller(caller.tenant(), role.permissions());
      var read = new NoteMisuse(new TenantsRead(id, "portfolio", 1, null));
      assertThat(node.answer(user, read)).isEqualTo("forbidden");
    }
  }
}
