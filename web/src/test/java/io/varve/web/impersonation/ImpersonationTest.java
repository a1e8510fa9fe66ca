package io.varve.web.impersonation;

import static io.varve.web.testing.Newcomer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImpersonationTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));

  /** What an end may take to bite, on any node. */
  private static final Duration BITE = Duration.ofSeconds(5);

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  /** A client whose every answer is as the OpenAPI document says. */
  private static Api anybody;

  private static String organization;
  private static String acme;

  @BeforeAll
  static void aCustomer() {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    anybody = varve.api().watchedBy(contract::check);
    var newcomer = new Newcomer(varve.api());
    organization = newcomer.organization();
    acme = newcomer.customer("acme").tenant();
    newcomer.user(organization, "stays@varve.test", "master_admin");
  }

  /** An administrator of the organization, with a second factor. */
  private record Admin(String id, Device device, Api api) {

    static Admin named(String name) {
      user("/api/organizations/" + organization, name, "master_admin");
      Device.Enrolled enrolled = Device.enrol(CLOCK, signIn(name));
      return new Admin(
          enrolled.api().get("/api/me").is(200).id(), enrolled.device(), enrolled.api());
    }

    Answer asks(String user, int minutes) {
      return asks(api, user, minutes, device.showsNext());
    }

    static Answer asks(Api api, String user, int minutes, String code) {
      return api.post(
          "/api/tenants/" + acme + "/impersonations",
          Map.of("user", user, "reason", "Ticket 4711", "code", code, "minutes", minutes));
    }
  }

  @Test
  void everythingDoneNamesTheUserAsActorAndTheAdministratorAsImpersonator() {
    Admin admin = Admin.named("names");
    String user = user("named", "tenant_admin");
    Answer begun = admin.asks(user, 15).is(200);
    Api api = token(begun);
    Map<String, Object> risk =
        Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");
    Answer made = api.post("/api/risks", risk).is(201);
    api.put("/api/risks/" + made.id(), "*", with(risk, "likelihood", 2)).is(200);
    api.post("/api/risks/" + made.id() + "/close").is(200);
    api.post("/api/vendors", Map.of("name", "V", "category", "c", "tier", 1, "status", "active"))
        .is(201);
    api.post("/api/outcomes", Map.of("title", "O")).is(201);
    api.post("/api/sources", Map.of("name", "S", "kind", "manual", "schedule", "daily")).is(201);
    api.post("/api/roles", Map.of("name", "R", "permissions", List.of())).is(403);
    List<JsonNode> events =
        signIn("acme")
            .get("/api/audit?actor=" + user + "&order=newest-first")
            .is(200)
            .json()
            .path("items")
            .values()
            .stream()
            .filter(event -> event.has("impersonator"))
            .toList();
    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .contains(
            "risk.identified",
            "risk.closed",
            "vendor.registered",
            "outcome.defined",
            "source.registered",
            "notice.permission-refused")
        .hasSizeGreaterThanOrEqualTo(7);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.at("/actor/kind").asString()).isEqualTo("user");
              assertThat(event.at("/impersonator/id").asString()).isEqualTo(admin.id());
            });
    assertThat(events).anyMatch(event -> event.path("ip").asString("").equals("127.0.0.1"));
    JsonNode seen = seen(begun);
    assertThat(seen.path("events").asInt()).isEqualTo(events.size());
    assertThat(seen.path("adminName").asString()).isEqualTo("names");
    assertThat(seen.path("userName").asString()).isEqualTo("named");
    assertThat(seen.path("reason").asString()).isEqualTo("Ticket 4711");
    assertThat(seen.has("ended")).isFalse();
  }

  @Test
  void theTokenAndWhoAmICarryBothAndUntilWhen() throws ParseException {
    Admin admin = Admin.named("both");
    String user = user("carried", "tenant_user");
    Answer begun = admin.asks(user, 60).is(200);
    assertThat(begun.json().at("/token/expiresIn").asInt()).isEqualTo(15 * 60);
    String token = begun.json().at("/token/accessToken").asString();
    var claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo(user);
    assertThat(claims.getStringClaim("tenant")).isEqualTo(acme);
    assertThat(claims.getJSONObjectClaim("act"))
        .containsEntry("sub", admin.id())
        .containsEntry("tenant", organization);
    JsonNode me = token(begun).get("/api/me").is(200).json();
    assertThat(me.path("id").asString()).isEqualTo(user);
    assertThat(me.at("/impersonation/admin").asString()).isEqualTo(admin.id());
    assertThat(me.at("/impersonation/adminName").asString()).isEqualTo("both");
    assertThat(me.at("/impersonation/until").asString())
        .isEqualTo(begun.json().path("until").asString());
    assertThat(admin.api().get("/api/me").is(200).json().has("impersonation")).isFalse();
  }

  @Test
  void itTakesAFreshCodeAReasonAndAnHourAtMost() {
    Admin admin = Admin.named("fresh");
    String user = user("guarded", "tenant_user");
    Answer wrong = Admin.asks(admin.api(), user, 5, admin.device().neverShows(1));
    assertThat(wrong.is(403).problem()).isEqualTo("wrong-code");
    String code = admin.device().showsNext();
    Admin.asks(admin.api(), user, 5, code).is(200);
    assertThat(Admin.asks(admin.api(), user, 5, code).is(403).problem()).isEqualTo("wrong-code");
    for (int minutes : List.of(0, 61)) {
      assertThat(admin.asks(user, minutes).is(422).json().at("/errors/0/pointer").asString())
          .isEqualTo("/minutes");
    }
    Answer silent =
        admin
            .api()
            .post(
                "/api/tenants/" + acme + "/impersonations",
                Map.of("user", user, "reason", " ", "code", "123456", "minutes", 5));
    assertThat(silent.is(422).json().at("/errors/0/pointer").asString()).isEqualTo("/reason");
    user("/api/organizations/" + organization, "bare", "master_admin");
    assertThat(Admin.asks(signIn("bare"), user, 5, "123456").is(403).problem())
        .isEqualTo("second-factor-required");
    assertThat(Admin.asks(signIn("acme"), user, 5, "123456").is(403).problem())
        .isEqualTo("forbidden");
    String nobody = "00000000-0000-7000-8000-000000000000";
    assertThat(admin.asks(nobody, 5).is(422).json().at("/errors/0/code").asString())
        .isEqualTo("no-such-user");
  }

  @Test
  void itDoesNotNestAndChangesNoCredentialsRolesOrKeys() {
    Admin admin = Admin.named("limited");
    String user = user("limits", "tenant_admin");
    String other = user("another", "tenant_user");
    Api api = token(admin.asks(user, 15).is(200));
    String nested = "/api/tenants/" + acme + "/impersonations";
    Map<String, Object> fields =
        Map.of("name", "X", "email", "x@varve.test", "role", "tenant_user");
    Map<String, Object> password = Map.of("password", "another long password");
    List<Answer> refused =
        List.of(
            Admin.asks(api, other, 5, "123456"),
            api.post(nested + "/" + other + "/token"),
            api.post("/api/users", fields),
            api.put("/api/users/" + other, "*", fields),
            api.put("/api/users/" + other + "/password", "*", password),
            api.post("/api/users/" + other + "/disable"),
            api.post("/api/users/" + other + "/mfa/reset"),
            api.put("/api/tenants/" + acme + "/mfa-policy", "*", Map.of("required", true)),
            api.put(
                "/api/auth/password",
                "*",
                Map.of("current", PASSWORD, "password", "another long password")),
            api.post("/api/auth/mfa/totp"),
            api.get("/api/auth/mfa"),
            api.get("/api/auth/sessions"),
            api.post("/api/auth/sessions/end"),
            api.post("/api/roles", Map.of("name", "Y", "permissions", List.of())),
            api.post("/api/groups", Map.of("name", "Z")));
    assertThat(refused)
        .allSatisfy(
            answer -> assertThat(answer.problem()).as(answer.toString()).isEqualTo("forbidden"));
    Set<String> permissions =
        api.get("/api/me").is(200).json().path("permissions").values().stream()
            .map(JsonNode::asString)
            .collect(Collectors.toSet());
    assertThat(permissions)
        .contains("risk:write", "user:read")
        .doesNotContain("user:write", "role:write", "apikey:write", "account:write");
  }

  @Test
  void itEndsWhenItsTimeIsOver() {
    Admin admin = Admin.named("timed");
    Answer begun = admin.asks(user("timely", "tenant_user"), 5).is(200);
    Answer again = admin.api().post(one(begun) + "/token").is(200);
    assertThat(again.json().path("until")).isEqualTo(begun.json().path("until"));
    token(again).get("/api/risks").is(200);
    CLOCK.advance(Duration.ofMinutes(5));
    token(again).get("/api/risks").is(401);
    assertThat(admin.api().post(one(begun) + "/token").is(409).problem())
        .isEqualTo("impersonation-over");
    assertThat(admin.api().post(one(begun) + "/end").is(409).problem())
        .isEqualTo("impersonation-over");
  }

  @Test
  void onlyTheSessionThatStartedItHasMoreTokens() {
    Admin admin = Admin.named("twice");
    Answer begun = admin.asks(user("single", "tenant_user"), 5).is(200);
    Api elsewhere = signIn("twice");
    String code = admin.device().showsNext();
    Answer verified = elsewhere.post("/api/auth/mfa/verify", Map.of("code", code)).is(200);
    bearer(verified).post(one(begun) + "/token").is(404);
    Admin.named("stranger").api().post(one(begun) + "/token").is(404);
  }

  @Test
  void itIsEndedEarlyByTheAdministratorByItselfAndByTheTenantsAdministrator() {
    Admin admin = Admin.named("ends");
    String user = user("ended", "tenant_user");
    user("bystander", "tenant_user");
    Answer first = admin.asks(user, 15).is(200);
    assertThat(signIn("bystander").post("/api/impersonations/" + id(first) + "/end").problem())
        .isEqualTo("forbidden");
    admin.api().post(one(first) + "/end").is(200);
    awaitEnd(first);
    assertThat(admin.api().post(one(first) + "/token").is(409).problem())
        .isEqualTo("impersonation-over");
    Answer second = admin.asks(user, 15).is(200);
    token(second).post("/api/impersonation/end").is(200);
    awaitEnd(second);
    Answer third = admin.asks(user, 15).is(200);
    signIn("acme").post("/api/impersonations/" + id(third) + "/end").is(200);
    awaitEnd(third);
    assertThat(seen(third).has("ended")).isTrue();
    admin.api().post("/api/impersonation/end").is(404);
  }

  @Test
  void itEndsWithTheAdministratorsSession() {
    Admin admin = Admin.named("leaves");
    Answer begun = admin.asks(user("left", "tenant_user"), 15).is(200);
    admin.api().post("/api/auth/sessions/end").is(200);
    awaitEnd(begun);
  }

  @Test
  void itEndsWhenTheAdministratorIsDisabled() {
    Admin admin = Admin.named("disabled");
    Answer begun = admin.asks(user("freed", "tenant_user"), 15).is(200);
    String path = "/api/organizations/" + organization + "/users/" + admin.id();
    signIn("ada").post(path + "/disable").is(200);
    awaitEnd(begun);
  }

  @Test
  void itEndsWhenTheUserIsDisabled() {
    Admin admin = Admin.named("outlives");
    String user = user("gone", "tenant_user");
    Answer begun = admin.asks(user, 15).is(200);
    signIn("acme").post("/api/users/" + user + "/disable").is(200);
    awaitEnd(begun);
    assertThat(admin.api().post(one(begun) + "/token").is(409).problem())
        .isEqualTo("impersonation-over");
    assertThat(admin.asks(user, 5).is(409).problem()).isEqualTo("user-disabled");
  }

  private static void awaitEnd(Answer begun) {
    await()
        .atMost(BITE)
        .until(() -> token(begun).get("/api/risks").problem().equals("session-over"));
  }

  /** How the tenant sees it. */
  private static JsonNode seen(Answer begun) {
    String number = varve.sql("select number from ledger.counter where tenant_id = '" + acme + "'");
    Api api = signIn("acme").with("Varve-Number", number);
    JsonNode listed =
        api.get("/api/impersonations?sort=-created").is(200).json().path("items").values().stream()
            .filter(item -> item.path("id").asString().equals(id(begun)))
            .findFirst()
            .orElseThrow();
    assertThat(api.get("/api/impersonations/" + id(begun)).is(200).json()).isEqualTo(listed);
    return listed;
  }

  private static String id(Answer begun) {
    return begun.json().path("id").asString();
  }

  private static String one(Answer begun) {
    return "/api/tenants/" + acme + "/impersonations/" + id(begun);
  }

  private static Api token(Answer begun) {
    return anybody.as(begun.json().at("/token/accessToken").asString());
  }

  private static String user(String name, String role) {
    return user("/api/tenants/" + acme, name, role);
  }

  private static String user(String root, String name, String role) {
    Map<String, String> user =
        Map.of("name", name, "email", name + "@varve.test", "role", role, "password", PASSWORD);
    return signIn("ada").post(root + "/users", user).is(201).id();
  }

  private static Api signIn(String name) {
    return anybody.signedIn(name + "@varve.test", PASSWORD);
  }

  private static Api bearer(Answer answer) {
    return anybody.as(answer.json().path("accessToken").asString());
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    var more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }
}
