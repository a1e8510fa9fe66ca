package io.varve.web.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.access.Permission;
import io.varve.web.access.Needs;
import io.varve.web.access.Public;
import io.varve.web.access.SignedIn;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;

class RightTest {

  /** No component, or nothing in this test run would start. */
  static class Forgetful {

    @GetMapping("/nothing-said")
    void nothingSaid() {}

    @Public
    @Needs(Permission.RISK_READ)
    @GetMapping("/two-things-said")
    void twoThingsSaid() {}

    @Needs(value = Permission.RISK_READ, fresh = true)
    @GetMapping("/said")
    void said() {}

    @SignedIn(beforeSecondFactor = true)
    @GetMapping("/for-everybody")
    void forEverybody() {}
  }

  @Test
  void anOperationSaysWhoMayUseIt() throws NoSuchMethodException {
    assertThat(Right.of(method("said")))
        .isEqualTo(new Right(false, Permission.RISK_READ, true, false));
    assertThat(Right.of(method("forEverybody"))).isEqualTo(new Right(false, null, false, true));
  }

  @Test
  void oneThatSaysNothingOrTwoThingsDoesNotStart() throws NoSuchMethodException {
    var mappings = new HomedMappings();
    for (String name : new String[] {"nothingSaid", "twoThingsSaid"}) {
      Method method = method(name);
      assertThatThrownBy(() -> Right.of(method)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> mappings.getMappingForMethod(method, Forgetful.class))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static Method method(String name) throws NoSuchMethodException {
    return Forgetful.class.getDeclaredMethod(name);
  }
}
