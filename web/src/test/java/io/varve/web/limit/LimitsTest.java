package io.varve.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that soon has enough. Each test comes from addresses of its own. */
class LimitsTest {

  private static final Map<String, Object> WRONG =
      Map.of("email", "nobody@varve.test", "password", "wrong");

  @AutoClose
  static final TestVarve varve =
      TestVarve.start(
          Map.of(
              "varve.trusted-proxies", "127.0.0.1",
              "varve.limits.login.requests", 10,
              "varve.limits.auth.requests", 15,
              "varve.limits.address.requests", 40,
              "varve.limits.tenant.requests", 100));

  private static Contract contract;
  private static Customer acme;
  private static Customer rival;

  @BeforeAll
  static void twoCustomers() {
    contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    var newcomer = new Newcomer(from("198.51.100.1"));
    acme = newcomer.customer("acme");
    rival = newcomer.customer("rival");
  }

  @Test
  void anAddressThatTriesToSignInTooOftenHasToWait() {
    // Of the ten that are granted five are refused by the guard of that account.
    for (int attempt = 0; attempt < 10; attempt++) {
      Answer granted = from("192.0.2.1").post("/api/auth/login", WRONG);
      assertThat(granted.header("RateLimit-Limit")).isEqualTo("10");
      assertThat(granted.header("RateLimit-Remaining")).isEqualTo(Integer.toString(9 - attempt));
    }
    Answer refused = from("192.0.2.1").post("/api/auth/login", WRONG).is(429);
    assertThat(refused.problem()).isEqualTo("too-many-requests");
    assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isBetween(800, 900);
    assertThat(refused.header("RateLimit-Reset")).isEqualTo(refused.header("Retry-After"));
    assertThat(refused.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(refused.header("X-Request-Id")).isNotNull();
    contract.check(refused);
    from("192.0.2.1").post("/api/auth/%6Cogin", WRONG).is(429);
    from("192.0.2.1").get("/api/auth/needs-setup").is(200);
    from("192.0.2.2").get("/api/auth/needs-setup").is(200);
  }

  @Test
  void whateverHasToDoWithSigningInIsLimitedTogether() {
    for (int request = 0; request < 15; request++) {
      from("2001:db8::" + request).get("/api/auth/needs-setup").is(200);
    }
    from("2001:db8::ffff:1").get("/api/auth/needs-setup").is(429);
    from("2001:db8::1").post("/api/auth/login", WRONG).is(429);
    from("2001:db8:0:1::1").get("/api/auth/needs-setup").is(200);
  }

  @Test
  void anAddressIsLimitedBeforeItIsKnownWhoAsks() {
    Api anybody = from("192.0.2.3");
    for (int request = 0; request < 40; request++) {
      anybody.as("no token").get("/api/risks").is(401);
    }
    assertThat(anybody.as("no token").get("/api/risks").is(429).problem())
        .isEqualTo("too-many-requests");
    acme.admin().with("X-Forwarded-For", "192.0.2.3").get("/api/risks").is(429);
    anybody.get("/health/live").is(200);
  }

  @Test
  void aTenantHasABudgetWhereverItsPeopleAre() {
    for (int request = 0; request < 100; request++) {
      rival.admin().with("X-Forwarded-For", "203.0.113." + request).get("/api/me").is(200);
    }
    Answer refused = rival.admin().with("X-Forwarded-For", "203.0.113.200").get("/api/me").is(429);
    assertThat(refused.header("RateLimit-Limit")).isEqualTo("100");
    contract.check(refused);
    acme.admin().with("X-Forwarded-For", "203.0.113.200").get("/api/me").is(200);
  }

  private static Api from(String address) {
    return varve.api().with("X-Forwarded-For", address);
  }
}
