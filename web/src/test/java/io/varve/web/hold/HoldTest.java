package io.varve.web.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));
  private static final Map<String, Object> EVERYTHING = Map.of("wholeTenant", true);
  private static final Map<String, String> REASON = Map.of("reason", "Settled");

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  private static Newcomer newcomer;
  private static int customers;

  private String tenant = "";
  private String name = "";
  private Api one = varve.api();
  private Api other = varve.api();

  @BeforeAll
  static void aContract() {
    newcomer = new Newcomer(varve.api());
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    newcomer.anybody().watchedBy(contract::check);
  }

  @BeforeEach
  void twoAdministratorsOfATenant() {
    name = "held" + ++customers;
    Newcomer.Customer customer = newcomer.customer(name);
    tenant = customer.tenant();
    one = Device.enrol(CLOCK, customer.admin()).api();
    other =
        Device.enrol(CLOCK, newcomer.user(tenant, name + "-2@varve.test", "tenant_admin")).api();
  }

  @Test
  void itIsPlacedSeenAndWidened() {
    Answer placed = one.post("/api/holds", hold("M-1", Map.of("streams", List.of("risk")))).is(201);
    String path = "/api/holds/" + placed.id();
    Answer shown = one.with("Varve-Number", placed.number()).get(path).is(200);
    assertThat(shown.json().path("matter").asString()).isEqualTo("M-1");
    assertThat(shown.json().path("status").asString()).isEqualTo("standing");
    Map<String, Object> narrower = Map.of("reason", "Less", "scope", Map.of("ids", List.of()));
    assertThat(one.post(path + "/extend", narrower).is(422).json().at("/errors/0/code").asString())
        .isEqualTo("narrowed");
    Answer wider =
        one.with("If-Match", shown.etag())
            .post(path + "/extend", Map.of("reason", "All", "scope", EVERYTHING))
            .is(200);
    assertThat(
            one.with("If-Match", shown.etag())
                .post(path + "/extend", Map.of("reason", "All", "scope", EVERYTHING))
                .status())
        .isEqualTo(412);
    Answer list =
        one.with("Varve-Number", wider.number())
            .get("/api/holds?matter=M-1&status=standing")
            .is(200);
    assertThat(list.json().at("/items/0/scope/wholeTenant").asBoolean()).isTrue();
    assertThat(list.json().at("/items/0/extended/reason").asString()).isEqualTo("All");
  }

  @Test
  void itIsReleasedByAnotherWhoHasJustGivenTheSecondFactor() {
    String path = "/api/holds/" + one.post("/api/holds", hold("M-2", EVERYTHING)).is(201).id();
    one.post(path + "/release-request", REASON).is(200);
    other.post(path + "/release-request/withdraw").is(200);
    one.post(path + "/release-request", REASON).is(200);
    assertThat(one.post(path + "/release", REASON).is(403).problem()).isEqualTo("second-person");
    CLOCK.advance(Duration.ofMinutes(6));
    assertThat(other.post(path + "/release", REASON).is(403).problem())
        .isEqualTo("step-up-required");
    Api fresh =
        Device.enrol(CLOCK, newcomer.user(tenant, name + "-3@varve.test", "tenant_admin")).api();
    assertThat(
            fresh
                .post(path + "/release", Map.of("reason", "x\u001b"))
                .is(422)
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/reason");
    Answer released = fresh.post(path + "/release", REASON).is(200);
    Answer shown = one.with("Varve-Number", released.number()).get(path).is(200);
    assertThat(shown.json().path("status").asString()).isEqualTo("released");
    assertThat(shown.json().at("/asked/by").asString())
        .isNotEqualTo(shown.json().at("/released/by").asString());
  }

  @Test
  void aShopOfOnePersonHasItsOrganizationAgree() {
    Api master =
        Device.enrol(
                CLOCK,
                newcomer.user(newcomer.organization(), name + "-m@varve.test", "master_admin"))
            .api();
    String id = one.post("/api/holds", hold("M-3", EVERYTHING)).is(201).id();
    one.post("/api/holds/" + id + "/release-request", REASON).is(200);
    master.post("/api/tenants/" + tenant + "/holds/" + id + "/release", REASON).is(200);
  }

  @Test
  void whileItStandsTheTenantIsNotRetired() {
    one.post("/api/holds", hold("2030-CV-9", EVERYTHING)).is(201);
    Answer refused = newcomer.operator().post("/api/tenants/" + tenant + "/retire").is(409);
    assertThat(refused.problem()).isEqualTo("held");
    assertThat(refused.json().at("/errors/0/message").asString()).isEqualTo("matter 2030-CV-9");
  }

  @Test
  void neitherAKeyNorWhoActsAsAnotherPlacesOne() {
    Map<String, Object> admin = Map.of("name", "K", "use", "api", "scopes", List.of("admin"));
    String key = one.post("/api/api-keys", admin).is(201).json().path("key").asString();
    Api byKey = varve.api().as(key);
    byKey.get("/api/holds").is(200);
    assertThat(byKey.post("/api/holds", hold("M", EVERYTHING)).is(403).problem())
        .isEqualTo("forbidden");
    Device.Enrolled master =
        Device.enrol(
            CLOCK, newcomer.user(newcomer.organization(), name + "-i@varve.test", "master_admin"));
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("user", one.get("/api/me").is(200).id());
    wanted.put("reason", "Ticket 4711");
    wanted.put("minutes", 5);
    wanted.put("code", master.device().showsNext());
    Answer acting = master.api().post("/api/tenants/" + tenant + "/impersonations", wanted).is(200);
    Api impersonator = varve.api().as(acting.json().at("/token/accessToken").asString());
    impersonator.get("/api/holds").is(200);
    assertThat(impersonator.post("/api/holds", hold("M", EVERYTHING)).is(403).problem())
        .isEqualTo("forbidden");
  }

  @Test
  void nobodySeesAHoldOfAnotherTenant() {
    String id = one.post("/api/holds", hold("M", EVERYTHING)).is(201).id();
    Api stranger = newcomer.customer(name + "-stranger").admin();
    stranger.get("/api/holds/" + id).is(404);
    stranger.post("/api/holds/" + id + "/release-request", REASON).is(404);
    assertThat(stranger.get("/api/holds").is(200).json().path("items").isEmpty()).isTrue();
  }

  @Test
  void whatIsKeptElsewhereIsKeptForAsLongAsTheTenantWants() {
    Answer shown = one.get("/api/retention").is(200);
    assertThat(shown.json().path("sessions").asInt()).isEqualTo(30);
    var wanted =
        new HashMap<String, Object>(
            Map.of("exports", 90, "sessions", 2, "idempotency", 3, "sandboxes", 4));
    Answer set = one.put("/api/retention", shown.etag(), wanted).is(200);
    Answer now = one.with("Varve-Number", set.number()).get("/api/retention").is(200);
    assertThat(now.json().path("exports").asInt()).isEqualTo(90);
    var refused = new ArrayList<String>();
    for (String field : List.of("exports", "sessions", "idempotency", "sandboxes")) {
      for (int days : new int[] {0, -1, 400}) {
        var bad = new HashMap<>(wanted);
        bad.put(field, days);
        refused.add(
            one.put("/api/retention", now.etag(), bad)
                .is(422)
                .json()
                .at("/errors/0/pointer")
                .asString());
      }
    }
    assertThat(refused).hasSize(12).allMatch(pointer -> pointer.length() > 1);
    assertThat(newcomer.operator().get("/api/retention").status()).isEqualTo(404);
  }

  @Test
  void nobodyStaysSignedInForLongerThanTheTenantWants() {
    var wanted = Map.of("exports", 90, "sessions", 2, "idempotency", 3, "sandboxes", 4);
    one.put("/api/retention", "*", wanted).is(200);
    CLOCK.advance(Duration.ofSeconds(30));
    newcomer.user(tenant, name + "-s@varve.test", "tenant_user");
    // A node may remember for two seconds what the tenant wanted before.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(signIn(name + "-s@varve.test").header("Set-Cookie"))
                    .matches(".*Max-Age=(17[0-2][0-9]{3}|172800)\\b.*"));
  }

  private static Answer signIn(String email) {
    return varve
        .api()
        .post("/api/auth/login", Map.of("email", email, "password", Newcomer.PASSWORD))
        .is(200);
  }

  private static Map<String, Object> hold(String matter, Map<String, Object> scope) {
    return Map.of("matter", matter, "reason", "Subpoena", "scope", scope);
  }
}
