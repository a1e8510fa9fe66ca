package io.varve.web.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyRotationHttpTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:00Z"));

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  @Test
  void anOperatorRotatesAKeyOnlyRightAfterGivingTheSecondFactor() {
    var newcomer = new Newcomer(varve.api());
    Map<String, Object> pepper = Map.of("ring", "api-keys");
    assertThat(newcomer.operator().post("/api/platform/keys/rotate", pepper).is(403).problem())
        .isEqualTo("step-up-required");
    Api operator = Device.enrol(CLOCK, newcomer.operator()).api();
    Answer rotated = operator.post("/api/platform/keys/rotate", pepper).is(200);
    assertThat(rotated.json().path("version").asInt()).isEqualTo(2);
    JsonNode event =
        operator.get("/api/audit?type=platform.key-rotated").is(200).json().at("/items/0");
    assertThat(event.at("/payload/ring").asString()).isEqualTo("api-keys");
    assertThat(event.at("/payload/version").asInt()).isEqualTo(2);
    assertThat(event.at("/actor/id").asString()).isEqualTo(operator.get("/api/me").id());
    assertThat(operator.get("/api/platform/keys").is(200).json().path("items").size())
        .isGreaterThanOrEqualTo(4);
    long before = varve.events();
    for (Object ring : new Object[] {"pepper", 7, List.of()}) {
      operator.post("/api/platform/keys/rotate", Map.of("ring", ring)).is(400);
    }
    Answer missing = operator.post("/api/platform/keys/rotate", Map.of()).is(422);
    assertThat(missing.json().at("/errors/0/pointer").asString()).isEqualTo("/ring");
    operator.post("/api/platform/keys/rotate", Map.of("ring", "tokens", "force", true)).is(400);
    assertThat(varve.events()).isEqualTo(before);
    CLOCK.advance(Duration.ofMinutes(6));
    operator.post("/api/platform/keys/rotate", pepper).is(403);
  }
}
