package io.varve.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.Json;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Contract.Operation;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every operation of the OpenAPI document that takes a body gets what it must not take. */
class BadInputTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern COLLECTION = Pattern.compile("(/api/[a-z]+).*");

  @AutoClose static final TestVarve varve = TestVarve.start();
  private static Api operator;
  private static Api admin;
  private static Api pusher;
  private static Contract contract;
  private static Map<String, Map<String, Object>> good;

  /** One thing of each kind, by the path of its collection. */
  private static final Map<String, String> things = new HashMap<>();

  @BeforeAll
  static void aNewcomer() {
    var newcomer = new Newcomer(varve.api());
    operator = newcomer.operator();
    admin = newcomer.customer("acme").admin();
    contract = new Contract(newcomer.anybody().get("/openapi.json").is(200).json());
    String source =
        made(admin, "/api/sources", Map.of("name", "S", "kind", "manual", "schedule", "daily"));
    pusher = varve.api().as(pushKey());
    good = good(source);
    things.put("/api/sources", source);
    things.put("/api/organizations", newcomer.organization());
    things.put("/api/carriers", varve.carrier("Lloyd"));
    things.put("/api/tenants", newcomer.customer("rival").tenant());
    things.put("/api/users", admin.get("/api/me").is(200).id());
    for (String path :
        List.of(
            "risks",
            "controls",
            "kris",
            "vendors",
            "outcomes",
            "providers",
            "roles",
            "groups",
            "holds",
            "exports")) {
      things.put(
          "/api/" + path,
          made(admin, "/api/" + path, good.getOrDefault("POST /api/" + path, Map.of())));
    }
    // It is made in the background, and would be an event while others are counted.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                varve
                    .sql("select count(*) from ledger.claim where kind = 'export.pending'")
                    .equals("0"));
  }

  private static String made(Api who, String path, Map<String, Object> body) {
    return who.post(path, body).is(201).id();
  }

  private static String pushKey() {
    String pushed =
        made(
            admin,
            "/api/sources",
            Map.of("name", "P", "kind", "external-push", "schedule", "daily"));
    return admin
        .post("/api/api-keys", Map.of("name", "P", "use", "push", "source", pushed))
        .is(201)
        .json()
        .path("key")
        .asString();
  }

  @TestFactory
  Stream<DynamicTest> aBodyThatIsNoJsonObjectIsRefused() {
    return withBody(o -> true)
        .flatMap(
            o -> Stream.of("", "{", "[]", "{} {}").map(body -> refused(o, body, 400, List.of())));
  }

  @TestFactory
  Stream<DynamicTest> everyWayOfWritingJsonWronglyIsRefused() {
    return withBody(o -> o.toString().equals("POST /api/risks"))
        .flatMap(
            o ->
                Stream.of(
                        "{\"a\":",
                        "nothing",
                        "null",
                        "7",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":NaN}",
                        "{'a':1}",
                        "{\"a\":1,}",
                        "{\"a\":" + "9".repeat(200) + "}",
                        "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")
                    .map(body -> refused(o, body, 400, List.of())));
  }

  @TestFactory
  Stream<DynamicTest> anUnknownFieldIsNamed() {
    return withBody(o -> true)
        .map(
            o ->
                refused(
                    o, "{\"no/such~field\":1}", 400, List.of("/no~1such~0field:unknown-field")));
  }

  @TestFactory
  Stream<DynamicTest> everyFieldOfAWrongTypeIsNamed() {
    return withBody(o -> true)
        .map(
            o -> {
              ObjectNode wrong = JSON.objectNode();
              List<String> named =
                  contract.properties(o).properties().stream()
                      .map(
                          p -> {
                            wrong.set(p.getKey(), wrongFor(p.getValue()));
                            return "/" + p.getKey() + ":wrong-type";
                          })
                      .toList();
              return refused(o, wrong.toString(), 400, named);
            });
  }

  @TestFactory
  Stream<DynamicTest> everyMissingFieldIsNamed() {
    return withBody(o -> !contract.resolved(o.body()).path("required").isMissingNode())
        .map(
            o ->
                refused(
                    o,
                    "{}",
                    422,
                    contract.resolved(o.body()).path("required").values().stream()
                        .map(name -> "/" + name.asString() + ":required")
                        .toList()));
  }

  @TestFactory
  Stream<DynamicTest> everyTextThatIsTooLongOrHasControlCharactersIsNamed() {
    return mutated(
        schema -> schema.path("type").asString("").equals("string") && !schema.has("enum"),
        List.of(
            JSON.stringNode("x".repeat(30_000)),
            JSON.stringNode("a\u0000b"),
            JSON.stringNode("a\u001bb"),
            JSON.stringNode("a\u202eb"),
            JSON.stringNode("a\ud800b")));
  }

  @TestFactory
  Stream<DynamicTest> everyNumberOutOfRangeIsNamed() {
    return mutated(
        schema -> schema.path("type").asString("").equals("integer"),
        List.of(
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(6),
            JSON.numberNode(Integer.MAX_VALUE)));
  }

  @TestFactory
  Stream<DynamicTest> everyMeasureBeyondWhatTheDatabaseHoldsIsNamed() {
    return mutated(
        schema -> schema.path("type").asString("").equals("number"),
        List.of(
            JSON.numberNode(new BigDecimal("1e30")),
            JSON.numberNode(new BigDecimal("1e-30")),
            JSON.numberNode(new BigDecimal("-1e999999"))));
  }

  /** Good bodies, each with one field that is not. */
  private Stream<DynamicTest> mutated(Predicate<JsonNode> wanted, List<? extends JsonNode> values) {
    return withBody(o -> good.containsKey(o.toString()))
        .flatMap(
            o ->
                contract.properties(o).properties().stream()
                    .filter(p -> wanted.test(p.getValue()))
                    .flatMap(p -> values.stream().map(v -> refused(o, p.getKey(), v))));
  }

  private DynamicTest refused(Operation operation, String field, JsonNode value) {
    var body = new HashMap<>(good.get(operation.toString()));
    body.put(field, value);
    // A lone surrogate has no UTF-8, but it has an escape.
    String text = Json.write(body).replace("\ud800", "\\ud800");
    return DynamicTest.dynamicTest(
        operation + " with " + field + " " + shortened(value.toString()),
        () -> {
          Answer answer = sentInVain(operation, text);
          assertThat(answer.status()).as(answer.response().body()).isIn(400, 422);
          assertThat(named(answer)).anyMatch(p -> p.startsWith("/" + field));
        });
  }

  private DynamicTest refused(Operation operation, String body, int status, List<String> errors) {
    return DynamicTest.dynamicTest(
        operation + " with " + shortened(body),
        () -> {
          Answer answer = sentInVain(operation, body);
          assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
          assertThat(named(answer)).containsAll(errors);
        });
  }

  private static Answer sentInVain(Operation operation, String body) {
    long before = varve.events();
    Answer answer =
        sender(operation).with("If-Match", "*").send(operation.method(), path(operation), body);
    assertThat(varve.events()).as("events").isEqualTo(before);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    contract.check(answer);
    return answer;
  }

  private static Api sender(Operation operation) {
    return switch (operation.path().split("/")[2]) {
      case "organizations", "tenants", "carriers" -> operator;
      case "push" -> pusher;
      default -> admin;
    };
  }

  private static String path(Operation operation) {
    String collection = COLLECTION.matcher(operation.path()).replaceFirst("$1");
    return operation
        .path()
        .replace("{home}", things.getOrDefault(collection, ""))
        .replace("{id}", things.getOrDefault(collection, ""));
  }

  private static List<String> named(Answer answer) {
    return answer.json().path("errors").values().stream()
        .map(e -> e.path("pointer").asString() + ":" + e.path("code").asString())
        .toList();
  }

  private static Stream<Operation> withBody(Predicate<Operation> which) {
    return contract.operations().stream()
        .filter(o -> !o.body().isMissingNode() && !o.isTwin())
        // Nobody here has a second factor: where one must be fresh, tests of its own have bad
        // bodies.
        .filter(o -> !o.json().has("x-varve-step-up"))
        .filter(which);
  }

  private JsonNode wrongFor(JsonNode schema) {
    return switch (schema.path("type").asString("")) {
      case "string" -> JSON.numberNode(7);
      case "object" -> JSON.stringNode("x");
      case "array" -> JSON.numberNode(7);
      default -> JSON.stringNode("7");
    };
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static Map<String, Map<String, Object>> good(String manual) {
    Map<String, Object> risk =
        Map.of(
            "title", "Ransomware",
            "category", "operations",
            "likelihood", 4,
            "impact", 5,
            "treatment", "mitigate");
    Map<String, Object> control =
        Map.of("slug", "backups", "title", "Backups", "status", "operating", "effectiveness", 0.5);
    Map<String, Object> kri =
        Map.of(
            "slug",
            "patch_age",
            "name",
            "Patch age",
            "source",
            manual,
            "warn",
            10,
            "critical",
            20,
            "direction",
            "higher-is-worse");
    Map<String, Object> vendor =
        Map.of("name", "Cloud", "category", "hosting", "tier", 1, "status", "active");
    Map<String, Object> source = Map.of("name", "Manual", "schedule", "manual");
    Map<String, Object> provider =
        Map.of("name", "P", "issuer", "https://login.example", "clientId", "varve");
    Map<String, Object> user =
        Map.of("name", "Bob", "email", "bob@varve.test", "role", "tenant_user");
    Map<String, Object> tenant = Map.of("name", "T", "industry", "retail", "size", "small");
    Map<String, Object> company = Map.of("name", "O", "kind", "company");
    var good = new HashMap<String, Map<String, Object>>();
    good.put("POST /api/risks", risk);
    good.put("PUT /api/risks/{id}", risk);
    good.put("POST /api/controls", control);
    good.put("PUT /api/controls/{id}", control);
    good.put("POST /api/kris", kri);
    good.put("PUT /api/kris/{id}", kri);
    good.put("POST /api/kris/{id}/observations", Map.of("value", 1));
    good.put("POST /api/vendors", vendor);
    good.put("PUT /api/vendors/{id}", vendor);
    good.put("POST /api/outcomes", Map.of("title", "Shop sells"));
    good.put("PUT /api/outcomes/{id}", Map.of("title", "Shop sells"));
    good.put("PUT /api/sources/{id}", source);
    good.put("POST /api/sources", with(source, "kind", "manual"));
    good.put("PUT /api/sources/{id}/credential", Map.of());
    good.put("POST /api/api-keys", Map.of("name", "K", "use", "api", "scopes", List.of("read")));
    good.put("POST /api/push/observations", Map.of("kri", "patch_age", "value", 1));
    good.put("POST /api/providers", provider);
    good.put("PUT /api/providers/{id}", provider);
    good.put("PUT /api/providers/{id}/credential", Map.of());
    good.put("POST /api/users", user);
    good.put("PUT /api/users/{id}", user);
    good.put("PUT /api/users/{id}/password", Map.of());
    good.put("POST /api/auth/password/forgot", Map.of("email", "bob@varve.test"));
    good.put(
        "POST /api/auth/password/set", Map.of("token", "AAAA", "password", "a staple of horses"));
    good.put("POST /api/auth/mfa/totp/confirm", Map.of("code", "123456"));
    good.put("POST /api/auth/mfa/verify", Map.of());
    good.put("PUT /api/tenants/{home}", tenant);
    good.put("POST /api/organizations/{home}/tenants", tenant);
    Map<String, Object> role = Map.of("name", "R", "permissions", List.of());
    good.put("POST /api/roles", role);
    good.put("PUT /api/roles/{id}", role);
    good.put(
        "POST /api/holds",
        Map.of("matter", "M", "reason", "R", "scope", Map.of("streams", List.of("risk"))));
    good.put(
        "POST /api/exports",
        Map.of("purpose", "P", "scope", Map.of("search", Map.of("stream", "user"))));
    good.put("POST /api/holds/{id}/release-request", Map.of("reason", "R"));
    good.put(
        "POST /api/erasures",
        Map.of("subject", "0197a1b2-c3d4-7000-8000-000000000005", "legalBasis", "GDPR"));
    good.put("POST /api/groups", Map.of("name", "G"));
    good.put("PUT /api/groups/{id}", Map.of("name", "G"));
    good.put("POST /api/carriers", Map.of("name", "C"));
    good.put("PUT /api/carriers/{home}", Map.of("name", "C"));
    good.put("POST /api/organizations", company);
    good.put("PUT /api/organizations/{home}", company);
    return good;
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    var more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }
}
