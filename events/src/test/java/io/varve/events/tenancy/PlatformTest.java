package io.varve.events.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.tenancy.PlatformEvent.PlatformKeyRotated;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void aKeyThatWasNeverRotatedIsTheFirst() {
    Platform before =
        Platform.evolve(null, new PlatformSetUp(new PlatformId(new UUID(1, 1)), "Varve"));
    assertThat(before.version(KeyRing.TOKENS)).isEqualTo(1);
    Platform after = Platform.evolve(before, new PlatformKeyRotated(KeyRing.TOKENS, 2));
    assertThat(after.keys()).isEqualTo(Map.of(KeyRing.TOKENS, 2));
    assertThat(Json.read(Json.write(after), Platform.class)).isEqualTo(after);
  }
}
