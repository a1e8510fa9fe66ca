package io.varve.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From an empty installation to a tenant's first day, with every answer held to the contract. */
class JourneyTest {

  private static final Set<String> MODEL =
      Set.of(
          "organizations",
          "tenants",
          "users",
          "sources",
          "kris",
          "controls",
          "risks",
          "outcomes",
          "vendors",
          "audit");

  /** What has tests of its own. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("/(import|impersonations|mfa|mfa-policy|invite|sign-outs?|sign-ons)\\b");

  @AutoClose static final TestVarve varve = TestVarve.start();

  @Test
  void aNewcomerGetsFromAnEmptyInstallationToTheAuditTrailOfARisk() {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    Api api = varve.api().watchedBy(contract::check);

    assertThat(api.get("/api/auth/needs-setup").is(200).json().path("needsSetup").asBoolean())
        .isTrue();
    assertThat(api.get("/.well-known/jwks.json").is(200).json().path("keys").size()).isEqualTo(1);
    var newcomer = new Newcomer(api);
    assertThat(api.get("/api/auth/needs-setup").is(200).json().path("needsSetup").asBoolean())
        .isFalse();
    assertThat(setUpAgain(api).is(409).problem()).isEqualTo("already-set-up");

    tenancy(newcomer);
    Customer acme = newcomer.customer("acme");
    users(newcomer, acme);
    riskModel(acme.admin());
    trail(acme.admin());

    assertThat(contract.seen())
        .as("every operation on the risk model was used")
        .containsAll(
            contract.operations().stream()
                .filter(o -> !o.isTwin() && MODEL.contains(o.path().split("/")[2]))
                .map(Object::toString)
                .filter(o -> !ELSEWHERE.matcher(o).find())
                .toList());
  }

  private static Answer setUpAgain(Api api) {
    return api.post(
        "/api/auth/setup",
        Map.of("name", "Eve", "email", "eve@varve.test", "password", Newcomer.PASSWORD));
  }

  private static void tenancy(Newcomer newcomer) {
    Api operator = newcomer.operator();
    String organization = "/api/organizations/" + newcomer.organization();
    Answer found = operator.with("Varve-Number", "1").get(organization).is(200);
    Answer renamed =
        operator
            .put(organization, found.etag(), Map.of("name", "Acme Partners", "kind", "partner"))
            .is(200);
    assertThat(
            operator
                .with("Varve-Number", renamed.number())
                .get(organization)
                .is(200)
                .json()
                .path("name")
                .asString())
        .isEqualTo("Acme Partners");
    operator.get("/api/organizations?sort=-name").is(200);

    Api master = newcomer.user(newcomer.organization(), "max@varve.test", "master_admin");
    Answer made =
        master
            .post("/api/tenants", Map.of("name", "Branch", "industry", "retail", "size", "micro"))
            .is(201);
    String tenant = String.valueOf(made.header("Location"));
    Answer described =
        master
            .put(tenant, made.etag(), Map.of("name", "B", "industry", "bank", "size", "small"))
            .is(200);
    assertThat(
            master
                .with("Varve-Number", described.number())
                .get(tenant)
                .is(200)
                .json()
                .path("industry")
                .asString())
        .isEqualTo("bank");
    for (String home : List.of(tenant, organization)) {
      master.put(home + "/mfa-policy", "*", Map.of("required", false)).is(200);
    }
    assertThat(names(master.get("/api/tenants").is(200))).contains("B");
    assertThat(names(operator.get(organization + "/tenants").is(200))).contains("B");
    assertThat(names(operator.get("/api/tenants?organization=" + newcomer.organization()).is(200)))
        .contains("B");
    master.post(tenant + "/retire").is(200);
    assertThat(master.post(tenant + "/retire").is(409).problem()).isEqualTo("tenant-retired");
  }

  private static void users(Newcomer newcomer, Customer acme) {
    Api admin = acme.admin();
    Answer made =
        admin
            .post(
                "/api/users",
                Map.of("name", "Uma", "email", "uma@varve.test", "role", "tenant_user"))
            .is(201);
    String uma = String.valueOf(made.header("Location"));
    Answer twice =
        admin.post(
            "/api/users", Map.of("name", "Uma", "email", " UMA@varve.test", "role", "tenant_user"));
    assertThat(twice.is(409).json().at("/errors/0/pointer").asString()).isEqualTo("/email");
    admin.put(uma + "/password", "*", Map.of("password", Newcomer.PASSWORD)).is(200);
    Answer renamed =
        admin
            .put(
                uma,
                "*",
                Map.of("name", "Uma U.", "email", "uma@varve.test", "role", "tenant_user"))
            .is(200);
    admin.with("Varve-Number", renamed.number()).get("/api/users").is(200);
    JsonNode shown = admin.with("Varve-Number", renamed.number()).get(uma).is(200).json();
    assertThat(shown.path("name").asString()).isEqualTo("Uma U.");
    assertThat(shown.path("email").asString()).isEqualTo("uma@varve.test");
    assertThat(
            newcomer
                .operator()
                .get("/api/tenants/" + acme.tenant() + "/users")
                .is(200)
                .json()
                .path("items")
                .size())
        .isEqualTo(2);

    Api user = newcomer.anybody().signedIn("uma@varve.test", Newcomer.PASSWORD);
    assertThat(user.get("/api/me").is(200).json().path("role").asString()).isEqualTo("tenant_user");
    assertThat(user.post("/api/risks", risk(3)).is(403).problem()).isEqualTo("forbidden");
    admin.post(uma + "/sign-out").is(200);
    admin.post(uma + "/disable").is(200);
    var login = Map.of("email", "uma@varve.test", "password", Newcomer.PASSWORD);
    newcomer.anybody().post("/api/auth/login", login).is(401);
    admin.post(uma + "/enable").is(200);
    newcomer.anybody().post("/api/auth/login", login).is(200);
    admin.post(uma + "/invite").is(200);
    admin.put(uma + "/mfa-policy", "*", Map.of("required", true)).is(200);
    admin.post(uma + "/mfa/reset").is(200);
  }

  private static void riskModel(Api admin) {
    Answer vendor =
        admin
            .post(
                "/api/vendors",
                Map.of("name", "Cloud", "category", "hosting", "tier", 1, "status", "active"))
            .is(201);
    Answer source =
        admin
            .post(
                "/api/sources",
                Map.of(
                    "name", "Scanner",
                    "kind", "connector",
                    "endpoint", "https://scanner.example/api",
                    "auth", "bearer",
                    "credential", "s3cr3t-token",
                    "vendor", vendor.id(),
                    "schedule", "daily",
                    "config", Map.of("depth", 3)))
            .is(201);
    Answer control =
        admin
            .post(
                "/api/controls",
                Map.of(
                    "slug", "backups",
                    "title", "Backups",
                    "framework", "nist-800-53r5:cp-9",
                    "status", "operating",
                    "effectiveness", 0.5,
                    "techniques", List.of("T1486")))
            .is(201);
    Answer risk =
        admin.post("/api/risks", with(risk(4), "controls", List.of(control.id()))).is(201);
    Answer outcome =
        admin
            .post("/api/outcomes", Map.of("title", "The shop sells", "risks", List.of(risk.id())))
            .is(201);
    Answer kri =
        admin
            .post(
                "/api/kris",
                Map.of(
                    "slug",
                    "backup_age",
                    "name",
                    "Age of the last backup",
                    "unit",
                    "days",
                    "source",
                    source.id(),
                    "warn",
                    2,
                    "critical",
                    7,
                    "direction",
                    "higher-is-worse",
                    "risks",
                    List.of(risk.id()),
                    "outcome",
                    outcome.id()))
            .is(201);
    String series = "/api/kris/" + kri.id() + "/observations";
    Answer told =
        admin.post(series, Map.of("value", new BigDecimal("3.5"), "note", "tape")).is(201);
    Answer earlier =
        admin.post(series, Map.of("value", 9, "observedAt", "2026-01-01T00:00:00+01:00")).is(201);

    Api now = admin.with("Varve-Number", earlier.number());
    JsonNode coloured = now.get("/api/kris/" + kri.id()).is(200).json();
    assertThat(coloured.path("colour").asString()).isEqualTo("amber");
    assertThat(coloured.path("stale").asBoolean()).isFalse();
    assertThat(coloured.at("/current/value").decimalValue()).isEqualByComparingTo("3.5");
    assertThat(now.get(series + "?limit=1").is(200).json().at("/items/0/value").decimalValue())
        .isEqualByComparingTo("3.5");
    // 4 × 5 × 4 = 80, halved by the control to 40; amber adds half of half of the rest: 55.
    JsonNode score = now.get("/api/risks/" + risk.id()).is(200).json().path("score");
    assertThat(score.path("inherent").asInt()).isEqualTo(80);
    assertThat(score.path("residual").decimalValue()).isEqualByComparingTo("40");
    assertThat(score.path("pressure").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(score.path("current").decimalValue()).isEqualByComparingTo("55");
    assertThat(score.path("severity").asString()).isEqualTo("high");
    assertThat(
            now.get("/api/outcomes/" + outcome.id())
                .is(200)
                .json()
                .at("/severity/severity")
                .asString())
        .isEqualTo("high");
    JsonNode shown = now.get("/api/sources/" + source.id()).is(200).json();
    assertThat(shown.path("hasCredential").asBoolean()).isTrue();
    assertThat(shown.toString()).doesNotContain("s3cr3t");
    assertThat(told.etag()).isNotEqualTo(earlier.etag());

    revise(admin, vendor, source, control, risk, outcome, kri);
    now.get("/api/vendors/" + vendor.id()).is(200);
    now.get("/api/controls/" + control.id()).is(200);
    lists(now);
  }

  private static void revise(
      Api admin,
      Answer vendor,
      Answer source,
      Answer control,
      Answer risk,
      Answer outcome,
      Answer kri) {
    String one = "/api/risks/" + risk.id();
    Answer revised =
        admin
            .with("Varve-Reason", "Q3%20review%20%E2%9C%93")
            .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .put(one, risk.etag(), with(risk(2), "controls", List.of(control.id())))
            .is(200);
    assertThat(admin.put(one, risk.etag(), risk(3)).is(412).problem()).isEqualTo("stale");
    assertThat(admin.send("PUT", one, "{}").is(422).problem()).isEqualTo("invalid");
    admin.post(one + "/close").is(200);
    assertThat(admin.put(one, "*", risk(3)).is(409).problem()).isEqualTo("risk-closed");
    admin.with("If-Match", revised.etag()).post(one + "/reopen").is(412);
    admin.post(one + "/reopen").is(200);
    admin
        .put(
            "/api/vendors/" + vendor.id(),
            vendor.etag(),
            Map.of("name", "Cloud", "category", "hosting", "tier", 2, "status", "offboarded"))
        .is(200);
    String from = "/api/sources/" + source.id();
    admin
        .put(
            from,
            "*",
            Map.of("name", "Scanner 2", "endpoint", "https://x.example", "schedule", "daily"))
        .is(200);
    admin.put(from + "/credential", "*", Map.of()).is(200);
    admin.post(from + "/pause").is(200);
    admin.post(from + "/resume").is(200);
    admin
        .put(
            "/api/controls/" + control.id(),
            control.etag(),
            Map.of("slug", "backups", "title", "B", "status", "failing", "effectiveness", 0))
        .is(200);
    admin.put("/api/outcomes/" + outcome.id(), "*", Map.of("title", "The shop sells well")).is(200);
    admin
        .put(
            "/api/kris/" + kri.id(),
            "*",
            Map.of(
                "slug",
                "backup_age_days",
                "name",
                "Age",
                "source",
                source.id(),
                "warn",
                2,
                "critical",
                7,
                "direction",
                "higher-is-worse"))
        .is(200);
  }

  private static void lists(Api now) {
    assertThat(names(now.get("/api/vendors?q=clo").is(200))).containsExactly("Cloud");
    now.get("/api/sources?kind=connector&kind=manual").is(200);
    now.get("/api/controls?status=operating&sort=-title").is(200);
    now.get("/api/risks?severity=high&limit=1").is(200);
    now.get("/api/outcomes").is(200);
    now.get("/api/kris?colour=amber").is(200);
    assertThat(now.get("/api/risks?nonsense=1").is(422).json().at("/errors/0/pointer").asString())
        .isEqualTo("/nonsense");
    now.get("/api/risks?cursor=nonsense").is(422);
    now.get("/api/risks?limit=0").is(422);
    now.get("/api/risks?limit=many").is(422);
    now.get("/api/audit?from=yesterday").is(400);
  }

  private static void trail(Api admin) {
    JsonNode entry =
        admin.get("/api/audit?type=risk.reassessed").is(200).json().path("items").path(0);
    assertThat(entry.path("diff").toString())
        .isEqualTo("[{\"path\":\"/likelihood\",\"from\":4,\"to\":2}]");
    assertThat(entry.path("sentence").asString())
        .isEqualTo("acme@varve.test changed the risk “Ransomware”: likelihood 4 → 2.");
    assertThat(entry.path("reason").asString()).isEqualTo("Q3 review ✓");
    assertThat(entry.path("trace").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(entry.path("ip").asString()).isEqualTo("127.0.0.1");
    assertThat(entry.at("/actor/id").asString()).isEqualTo(admin.get("/api/me").is(200).id());

    JsonNode named =
        admin
            .get("/api/audit?stream=user&order=oldest-first")
            .is(200)
            .json()
            .at("/items/0/payload");
    assertThat(named.path("email").asString()).isEqualTo("acme@varve.test");
    assertThat(varve.sql("select count(*) from ledger.event where payload::text like '%acme@%'"))
        .isEqualTo("0");
    String event = entry.path("eventId").asString();
    admin.get("/api/audit/" + event + "/proof").is(200);
    String page = "/api/audit?limit=2";
    JsonNode first = admin.get(page).is(200).json();
    JsonNode second = admin.get(page + "&cursor=" + first.path("next").asString()).is(200).json();
    assertThat(second.at("/items/0/number").asLong())
        .isEqualTo(first.at("/items/1/number").asLong() - 1);
    admin.get("/api/audit/stream").is(200);
  }

  private static Map<String, Object> risk(int likelihood) {
    return Map.of(
        "title", "Ransomware",
        "category", "operations",
        "likelihood", likelihood,
        "impact", 5,
        "treatment", "mitigate");
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    var more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static List<String> names(Answer page) {
    return page.json().path("items").values().stream()
        .map(item -> item.path("name").asString())
        .toList();
  }
}
