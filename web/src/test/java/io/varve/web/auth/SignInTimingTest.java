package io.varve.web.auth;

import static io.varve.web.testing.Newcomer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SignInTimingTest {

  private static final int USERS = 6;

  /** Fewer than what begins a pause. */
  private static final int TRIES = 4;

  @AutoClose static final TestVarve varve = TestVarve.start();

  @Test
  void whetherThereIsSuchAUserDoesNotShowInTheTimeThatARefusalTakes() {
    var newcomer = new Newcomer(varve.api());
    String acme = newcomer.customer("acme").tenant();
    for (int i = 0; i < USERS; i++) {
      newcomer.user(acme, "known" + i + "@varve.test", "tenant_user");
    }
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    // In turns, so that whatever else the machine does slows down both.
    for (int i = 0; i < USERS * TRIES; i++) {
      known.add(refused("known" + i % USERS));
      unknown.add(refused("unknown" + i % USERS));
    }
    long difference = Math.abs(at(known, 0.5) - at(unknown, 0.5));
    long noise = Math.max(spread(known), spread(unknown));
    assertThat(difference).as("%s against %s", known, unknown).isLessThanOrEqualTo(noise);
    assertThat(difference).as("of a median of").isLessThan(at(unknown, 0.5) / 4);
  }

  /** How many microseconds a wrong password takes. */
  private static long refused(String name) {
    Api api = varve.api();
    Map<String, String> wrong =
        Map.of("email", name + "@varve.test", "password", PASSWORD + " staple");
    long start = System.nanoTime();
    api.post("/api/auth/login", wrong).is(401);
    return (System.nanoTime() - start) / 1_000;
  }

  /** Between the quartiles. */
  private static long spread(List<Long> times) {
    return at(times, 0.75) - at(times, 0.25);
  }

  private static long at(List<Long> times, double part) {
    List<Long> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get((int) (part * (sorted.size() - 1)));
  }
}
