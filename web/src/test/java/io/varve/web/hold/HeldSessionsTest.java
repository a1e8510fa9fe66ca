package io.varve.web.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.Expiry;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HeldSessionsTest {

  private final SetClock clock = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));
  @AutoClose private final TestVarve varve = TestVarve.start(clock, Map.of());

  @Test
  void whatAHoldOnTheWholeTenantCoversIsNotPurgedWhenItsTimeIsOver() {
    var newcomer = new Newcomer(varve.api());
    Newcomer.Customer held = newcomer.customer("held");
    Newcomer.Customer free = newcomer.customer("free");
    held.admin()
        .post(
            "/api/holds",
            Map.of("matter", "M", "reason", "R", "scope", Map.of("wholeTenant", true)))
        .is(201);
    clock.advance(Duration.ofDays(31));
    varve.bean(Expiry.class).forget();
    assertThat(tokens(held.tenant())).isEqualTo("1");
    assertThat(tokens(free.tenant())).isEqualTo("0");
  }

  private String tokens(String tenant) {
    return varve.sql("select count(*) from ops.refresh_token where tenant_id = '" + tenant + "'");
  }
}
