package io.varve.events.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.tenancy.PlatformEvent.PlatformKeyRotated;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void aDocumentFromBeforeKeysWereRotatedHasNone() {
    Platform before =
        Json.read(
            "{\"id\":\"0197a1b2-c3d4-7000-8000-000000000001\",\"name\":\"Varve\"}", Platform.class);
    assertThat(before.keys()).isEmpty();
    assertThat(before.version(KeyRing.TOKENS)).isEqualTo(1);
    Platform after = Platform.evolve(before, new PlatformKeyRotated(KeyRing.TOKENS, 2));
    assertThat(after.keys()).isEqualTo(Map.of(KeyRing.TOKENS, 2));
    assertThat(Json.read(Json.write(after), Platform.class)).isEqualTo(after);
  }
}
