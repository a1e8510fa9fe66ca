package io.varve.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where a request comes, as the audit trail tells it. */
class ForwardedTest {

  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class ThroughATrustedProxy {
    @AutoClose
    final TestVarve varve =
        TestVarve.start(Map.of("varve.trusted-proxies", "127.0.0.1, 10.0.0.0/8, 2001:db8:f::/48"));

    private final Api admin = new Newcomer(varve.api()).customer("acme").admin();

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "192.0.2.7                         | 192.0.2.7",
          "192.0.2.7:4711                    | 192.0.2.7",
          "198.51.100.1, 192.0.2.7           | 192.0.2.7",
          "198.51.100.1, 192.0.2.7, 10.1.2.3 | 192.0.2.7",
          "2001:db8::7                       | 2001:db8:0:0:0:0:0:7",
          "[2001:db8::7]:443, 2001:db8:f::1  | 2001:db8:0:0:0:0:0:7",
          "::ffff:192.0.2.7, ::ffff:10.0.0.1 | 192.0.2.7",
          "10.0.0.9, 10.0.0.8                | 10.0.0.9",
          "192.0.2.7, garbage                | 127.0.0.1",
          "192.0.2.7, unknown, 10.0.0.1      | 10.0.0.1",
          "''                                | 127.0.0.1",
        })
    void theClientIsTheLastHopThatNobodyVouchesFor(String header, String client) {
      assertThat(ipOf(admin.with("X-Forwarded-For", header))).isEqualTo(client);
    }

    @Test
    void aHeaderThatThisProxyDoesNotWriteIsNotBelieved() {
      assertThat(ipOf(admin.with("Forwarded", "for=192.0.2.7"))).isEqualTo("127.0.0.1");
    }

    @Test
    void onlyWhoCameByHttpsIsToldToComeByHttpsAlways() {
      assertThat(hsts(varve.api().with("X-Forwarded-Proto", "https")))
          .isEqualTo(List.of("max-age=31536000 ; includeSubDomains"));
      assertThat(hsts(varve.api().with("X-Forwarded-Proto", "https, http"))).isEmpty();
      assertThat(hsts(varve.api())).isEmpty();
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class ThroughAProxyThatWritesForwarded {
    @AutoClose
    final TestVarve varve =
        TestVarve.start(
            Map.of("varve.trusted-proxies", "127.0.0.1", "varve.forwarded-header", "forwarded"));

    private final Api admin = new Newcomer(varve.api()).customer("acme").admin();

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "for=192.0.2.7                                    | 192.0.2.7",
          "For=\"[2001:db8::7]:4711\";proto=https;by=10.0.0.1 | 2001:db8:0:0:0:0:0:7",
          "for=198.51.100.1, proto=https; for=192.0.2.7     | 192.0.2.7",
          "for=198.51.100.1, for=_hidden                    | 127.0.0.1",
          "for=198.51.100.1, by=10.0.0.1                    | 127.0.0.1",
        })
    void theClientIsTheLastHopThatNobodyVouchesFor(String header, String client) {
      assertThat(ipOf(admin.with("Forwarded", header))).isEqualTo(client);
    }

    @Test
    void aHeaderThatThisProxyDoesNotWriteIsNotBelieved() {
      assertThat(ipOf(admin.with("X-Forwarded-For", "192.0.2.7"))).isEqualTo("127.0.0.1");
      assertThat(hsts(varve.api().with("X-Forwarded-Proto", "https"))).isEmpty();
      assertThat(hsts(varve.api().with("Forwarded", "for=192.0.2.7;proto=https"))).hasSize(1);
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class ThroughNoProxy {
    @AutoClose final TestVarve varve = TestVarve.start();

    @Test
    void nobodyIsBelieved() {
      Api admin = new Newcomer(varve.api()).customer("acme").admin();
      assertThat(ipOf(admin.with("X-Forwarded-For", "192.0.2.7"))).isEqualTo("127.0.0.1");
      assertThat(ipOf(admin.with("Forwarded", "for=192.0.2.7"))).isEqualTo("127.0.0.1");
      assertThat(hsts(varve.api().with("X-Forwarded-Proto", "https"))).isEmpty();
    }
  }

  private static String ipOf(Api admin) {
    admin.post("/api/risks", RISK).is(201);
    return admin.get("/api/audit?limit=1").is(200).json().at("/items/0/ip").asString();
  }

  private static List<String> hsts(Api api) {
    return api.get("/health/live")
        .is(200)
        .response()
        .headers()
        .allValues("Strict-Transport-Security");
  }
}
