package io.varve.web.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Once a person is erased, everything that is there is searched for what was known. */
class ErasedPersonScanTest {

  private static final String NAME = "Ludmila Ostrovska";
  private static final String EMAIL = "ludmila.ostrovska@people.test";
  private static final String ADDRESS = "203.0.113.77";
  private static final String[] KNOWN = {NAME, EMAIL, ADDRESS, "Ludmila", "ostrovska"};

  private static final String EVERYTHING =
      """
      select string_agg(line, E'\\n') from (
        select query_to_xml(format('select * from %s', c.oid::regclass), true, true, '')::text as line
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('ledger', 'ops', 'read', 'carrier')) everything
      """;

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));

  @AutoClose
  static final TestVarve varve =
      TestVarve.start(CLOCK, Map.of("varve.trusted-proxies", "127.0.0.1"));

  private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private static Newcomer newcomer;
  private static String tenant = "";
  private static String person = "";
  private static Api admin = varve.api();

  /** What could be seen of the person before. */
  private static String seen = "";

  @BeforeAll
  static void aPersonWhoHasUsedVarveIsErased() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    ((Logger) LoggerFactory.getLogger("io.varve")).setLevel(Level.DEBUG);
    newcomer = new Newcomer(varve.api());
    Newcomer.Customer customer = newcomer.customer("acme");
    tenant = customer.tenant();
    admin = Device.enrol(CLOCK, customer.admin()).api();
    Api other =
        Device.enrol(CLOCK, newcomer.user(tenant, "second@varve.test", "tenant_admin")).api();
    person =
        admin
            .post(
                "/api/users",
                Map.of(
                    "name",
                    NAME,
                    "email",
                    EMAIL,
                    "role",
                    "tenant_admin",
                    "password",
                    Newcomer.PASSWORD))
            .is(201)
            .id();
    Api ludmila = work(varve.api().with("X-Forwarded-For", ADDRESS));
    admin
        .put(
            "/api/users/" + person,
            "*",
            Map.of("name", NAME + "-Roy", "email", EMAIL, "role", "tenant_admin"))
        .is(200);
    seen =
        everyAnswer(
            admin.with(
                "Varve-Number",
                varve.sql("select number from ledger.counter where tenant_id = '" + tenant + "'")));
    ludmila.get("/api/me").is(200);
    String id =
        admin
            .post("/api/erasures", Map.of("subject", person, "legalBasis", "GDPR Art. 17(1)(b)"))
            .is(201)
            .id();
    other.post("/api/erasures/" + id + "/approve").is(200);
  }

  @AfterAll
  static void stop() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    ((Logger) LoggerFactory.getLogger("io.varve")).setLevel(null);
  }

  @Test
  void noTableShowsThePerson() {
    assertThat(varve.sql(EVERYTHING)).contains("erasure.completed", person).doesNotContain(KNOWN);
  }

  @Test
  void noLineOfTheLogDoes() {
    var lines = new ArrayList<String>();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      lines.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    assertThat(String.join("\n", lines))
        .contains("ErasureController#approve")
        .doesNotContain(KNOWN);
  }

  @Test
  void noAnswerDoes() {
    assertThat(seen).contains(NAME, EMAIL, ADDRESS);
    String now =
        everyAnswer(
            admin.with(
                "Varve-Number",
                varve.sql("select number from ledger.counter where tenant_id = '" + tenant + "'")));
    assertThat(now).contains(person).doesNotContain(KNOWN);
    assertThat(everyAnswer(newcomer.operator())).doesNotContain(KNOWN);
  }

  @Test
  void theTrailStillTellsWhatHappenedAndWhoDidIt() {
    JsonNode trail = admin.get("/api/audit?limit=200&actor=" + person).is(200).json();
    JsonNode risk =
        trail.path("items").values().stream()
            .filter(item -> item.path("type").asString().equals("risk.identified"))
            .findFirst()
            .orElseThrow();
    assertThat(risk.at("/actor/id").asString()).isEqualTo(person);
    assertThat(risk.at("/payload/title").asString()).isEqualTo("Patching is late");
    assertThat(risk.has("ip") && !risk.path("ip").isNull()).isFalse();
    JsonNode registered =
        admin
            .get("/api/audit?type=user.registered&id=" + person)
            .is(200)
            .json()
            .at("/items/0/payload");
    assertThat(registered.path("name").isNull()).isTrue();
    assertThat(registered.path("email").isNull()).isTrue();
  }

  private static Api work(Api anybody) {
    Api ludmila = anybody.signedIn(EMAIL, Newcomer.PASSWORD);
    ludmila
        .post(
            "/api/risks",
            Map.of(
                "title",
                "Patching is late",
                "category",
                "operations",
                "likelihood",
                3,
                "impact",
                4,
                "treatment",
                "mitigate"))
        .is(201);
    ludmila
        .post("/api/api-keys", Map.of("name", "Reports", "use", "api", "scopes", List.of("read")))
        .is(201);
    return ludmila;
  }

  /** All that can be read of the tenant, with the person's id wherever one is asked for. */
  private static String everyAnswer(Api who) {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    var all = new StringBuilder();
    for (Contract.Operation operation : contract.operations()) {
      if (operation.method().equals("GET")) {
        Answer answer =
            who.get(operation.path().replace("{home}", tenant).replaceAll("\\{[^}]+}", person));
        all.append(answer.response().body()).append('\n');
      }
    }
    all.append(who.get("/api/audit?limit=200").response().body());
    all.append(who.get("/api/tenants/" + tenant + "/audit?limit=200").response().body());
    return all.toString();
  }
}
