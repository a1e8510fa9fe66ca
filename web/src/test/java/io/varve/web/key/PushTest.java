package io.varve.web.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Contract.Operation;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a key of one use alone can do. */
class PushTest {

  private static final String PUSH = "/api/push/observations";
  private static final String BATCH = PUSH + "/batch";
  private static final Duration BITE = Duration.ofSeconds(5);

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static final IssuedKeys keys = new IssuedKeys(varve);
  private static Newcomer newcomer;
  private static Customer acme;
  private static Contract contract;
  private static String source;
  private static IssuedKey scanner;

  @BeforeAll
  static void aSourceThatIsPushedTo() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    source = source("Scanner");
    scanner = keys.push(acme.admin(), source);
  }

  private static String source(String name) {
    return acme.admin()
        .post("/api/sources", Map.of("name", name, "kind", "external-push", "schedule", "daily"))
        .is(201)
        .id();
  }

  private static String kri(String slug, String source) {
    return acme.admin()
        .post(
            "/api/kris",
            Map.of(
                "slug",
                slug,
                "name",
                slug,
                "source",
                source,
                "warn",
                10,
                "critical",
                20,
                "direction",
                "higher-is-worse"))
        .is(201)
        .id();
  }

  private static long observed(String kri) {
    return Long.parseLong(
        varve.sql(
            "select count(*) from ledger.event where type = 'kri.observed' and id = '%s'"
                .formatted(kri)));
  }

  @Test
  void aKeyTellsValuesOfItsSourcesKris() {
    String kri = kri("told", source);
    Answer answer =
        scanner.api().post(PUSH, Map.of("kri", "told", "value", 12, "note", "Nightly scan"));
    contract.check(answer);
    assertThat(answer.is(200).json().path("observations").asInt()).isEqualTo(1);
    Answer series =
        acme.admin()
            .with("Varve-Number", answer.number())
            .get("/api/kris/" + kri + "/observations")
            .is(200);
    assertThat(series.json().at("/items/0/value").asInt()).isEqualTo(12);
    assertThat(series.json().at("/items/0/source").asString()).isEqualTo(source);
    Answer trail = acme.admin().get("/api/audit?type=kri.observed&id=" + kri).is(200);
    assertThat(trail.json().at("/items/0/actor/kind").asString()).isEqualTo("api-key");
    assertThat(trail.json().at("/items/0/actor/id").asString()).isEqualTo(scanner.id());
    assertThat(trail.json().at("/items/0/via").asString()).isEqualTo("api");
  }

  @Test
  void aBatchIsToldTogetherOrNotAtAll() {
    String one = kri("one", source);
    String two = kri("two", source);
    var values = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 50; i++) {
      values.add(Map.of("kri", "one", "value", i));
      values.add(Map.of("kri", "two", "value", i));
    }
    Answer answer = scanner.api().post(BATCH, Map.of("observations", values));
    contract.check(answer);
    assertThat(answer.is(200).json().path("observations").asInt()).isEqualTo(100);
    values.set(70, Map.of("kri", "absent", "value", 1));
    scanner.api().post(BATCH, Map.of("observations", values)).is(404);
    values.set(
        70,
        Map.of("kri", "one", "value", 1, "observedAt", Instant.now().plusSeconds(60).toString()));
    Answer future = scanner.api().post(BATCH, Map.of("observations", values)).is(422);
    assertThat(future.json().at("/errors/0/pointer").asString())
        .isEqualTo("/observations/70/observedAt");
    assertThat(observed(one)).isEqualTo(50);
    assertThat(observed(two)).isEqualTo(50);
  }

  @Test
  void aBatchHasOneToAHundredValuesEachOfThemWhole() {
    Map<String, Object> value = Map.of("kri", "told", "value", 1);
    scanner.api().post(BATCH, Map.of("observations", Collections.nCopies(101, value))).is(422);
    scanner.api().post(BATCH, Map.of("observations", List.of())).is(422);
    Answer holes = scanner.api().post(BATCH, Map.of("observations", List.of(Map.of()))).is(422);
    assertThat(holes.response().body())
        .contains("\"/observations/0/kri\"", "\"/observations/0/value\"");
  }

  @Test
  void aKriOfAnotherSourceIsNotThere() {
    String kri = kri("elsewhere", source("Other"));
    Answer other = scanner.api().post(PUSH, Map.of("kri", "elsewhere", "value", 1)).is(404);
    Answer none = scanner.api().post(PUSH, Map.of("kri", "nowhere", "value", 1)).is(404);
    assertThat(other.problem()).isEqualTo("no-such-kri");
    assertThat(none.problem()).isEqualTo(other.problem());
    assertThat(observed(kri)).isZero();
  }

  @Test
  void aPausedSourceTakesNoValues() {
    String paused = source("Paused");
    kri("paused", paused);
    Api key = keys.push(acme.admin(), paused).api();
    acme.admin().post("/api/sources/" + paused + "/pause").is(200);
    Answer refused = key.post(PUSH, Map.of("kri", "paused", "value", 1)).is(409);
    assertThat(refused.problem()).isEqualTo("source-paused");
    acme.admin().post("/api/sources/" + paused + "/resume").is(200);
    key.post(PUSH, Map.of("kri", "paused", "value", 1)).is(200);
  }

  @Test
  void aRepeatedPushIsToldOnce() {
    String kri = kri("repeated", source);
    Api key = scanner.api().with("Idempotency-Key", "scan-4711");
    key.post(PUSH, Map.of("kri", "repeated", "value", 1)).is(200);
    Answer again = key.post(PUSH, Map.of("kri", "repeated", "value", 1)).is(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(key.post(PUSH, Map.of("kri", "repeated", "value", 2)).is(422).problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(observed(kri)).isEqualTo(1);
  }

  @Test
  void whenItsMakerMayNotTellValuesAnyMoreAKeyMayNeither() {
    Api bob = newcomer.user(acme.tenant(), "bob@varve.test", "tenant_admin");
    kri("demoted", source);
    Api key = keys.push(bob, source).api();
    key.post(PUSH, Map.of("kri", "demoted", "value", 1)).is(200);
    acme.admin()
        .put(
            "/api/users/" + bob.get("/api/me").id(),
            "*",
            Map.of("name", "Bob", "email", "bob@varve.test", "role", "tenant_user"))
        .is(200);
    await()
        .atMost(BITE)
        .until(() -> key.post(PUSH, Map.of("kri", "demoted", "value", 1)).status() == 403);
  }

  @Test
  void theApiIsNoPlaceToPushAndAUserIsNoSource() {
    Api written = keys.api(acme.admin(), "write").api();
    for (Api who : List.of(acme.admin(), written)) {
      assertThat(who.post(PUSH, Map.of("kri", "told", "value", 1)).is(403).problem())
          .isEqualTo("forbidden");
    }
  }

  @TestFactory
  Stream<DynamicTest> aKeyOfOneUseOpensNothingElse() {
    Api directory =
        keys.of(acme.admin().post("/api/api-keys", Map.of("name", "Directory", "use", "directory")))
            .api();
    return contract.operations().stream()
        .filter(o -> !o.json().has("security"))
        .map(
            o ->
                DynamicTest.dynamicTest(
                    o.toString(),
                    () -> {
                      String needed = o.json().path("x-varve-permission").asString("");
                      if (!needed.equals("observation:push")) {
                        refused(scanner.api(), o);
                      }
                      if (!needed.equals("directory:write")) {
                        refused(directory, o);
                      }
                    }));
  }

  /** What a tenant's keys do not reach at all is not there. */
  private static void refused(Api key, Operation operation) {
    String path =
        operation
            .path()
            .replace("{home}", acme.tenant())
            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    String body = operation.method().equals("GET") ? null : "{}";
    Answer answer = key.with("If-Match", "*").send(operation.method(), path, body);
    boolean away = operation.path().matches("/api/(organizations|carriers)/\\{home}.*");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(away ? 404 : 403);
  }
}
