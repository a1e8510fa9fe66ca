package io.varve.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RolesTest {

  /** What a change of rights may take to bite, on any node. */
  private static final Duration BITE = Duration.ofSeconds(5);

  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static Newcomer newcomer;
  private static Newcomer.Customer acme;
  private static Api admin;

  @BeforeAll
  static void aCustomer() {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    newcomer = new Newcomer(varve.api().watchedBy(contract::check));
    acme = newcomer.customer("acme");
    admin = acme.admin();
  }

  @Test
  void aRoleOfTheTenantsOwnMakingAddsToWhatItsUsersMay() {
    String role = role("Risk owner", "risk:write");
    String user = user("owner", List.of(role));
    signIn("owner").post("/api/risks", RISK).is(201);
    Answer shown = fresh().get("/api/users/" + user).is(200);
    assertThat(texts(shown.json().path("roles"))).containsExactly(role);

    Api owner = signIn("owner");
    admin
        .put("/api/roles/" + role, "*", Map.of("name", "Reader", "permissions", List.of()))
        .is(200);
    await()
        .atMost(BITE)
        .until(() -> owner.post("/api/risks", RISK).problem().equals("token-outdated"));
    assertThat(signIn("owner").post("/api/risks", RISK).is(403).problem()).isEqualTo("forbidden");
    JsonNode revised = fresh().get("/api/roles/" + role).is(200).json();
    assertThat(revised.path("name").asString()).isEqualTo("Reader");
    assertThat(revised.path("permissions")).isEmpty();
  }

  @Test
  void aRoleThatIsWithdrawnGivesNothing() {
    String role = role("Vendor manager", "vendor:write");
    user("manager", List.of(role));
    Map<String, Object> vendor =
        Map.of("name", "V", "category", "c", "tier", 1, "status", "active");
    signIn("manager").post("/api/vendors", vendor).is(201);
    admin.post("/api/roles/" + role + "/withdraw").is(200);
    signIn("manager").post("/api/vendors", vendor).is(403);
    assertThat(admin.post("/api/roles/" + role + "/withdraw").is(409).problem())
        .isEqualTo("role-withdrawn");
    assertThat(texts(fresh().get("/api/roles?status=withdrawn").is(200).json(), "id"))
        .contains(role);
  }

  @Test
  void aUsersRolesAreReplacedAsAWhole() {
    String role = role("Outcome owner", "outcome:write");
    String user = user("changes", List.of(role));
    Map<String, Object> without =
        Map.of("name", "C", "email", "changes@varve.test", "role", "tenant_user");
    admin.put("/api/users/" + user, "*", without).is(200);
    assertThat(fresh().get("/api/users/" + user).is(200).json().path("roles")).isEmpty();
    assertThat(
            admin
                .put(
                    "/api/users/" + user,
                    "*",
                    Map.of(
                        "name", "C",
                        "email", "changes@varve.test",
                        "role", "tenant_user",
                        "roles", List.of("00000000-0000-7000-8000-000000000000")))
                .is(422)
                .json()
                .at("/errors/0/code")
                .asString())
        .isEqualTo("no-such-role");
  }

  @Test
  void nobodyDefinesARoleThatMayWhatTheyMayNot() {
    String deputy = role("Deputy", "role:read", "role:write", "risk:write");
    user("deputy", List.of(deputy));
    Api api = signIn("deputy");
    api.post("/api/roles", fields("Risks", "risk:write")).is(201);
    assertThat(api.post("/api/roles", fields("Controls", "control:write")).is(403).problem())
        .isEqualTo("escalation");
    assertThat(
            admin
                .post("/api/roles", fields("Above", "tenant:write"))
                .is(422)
                .json()
                .at("/errors/0/code")
                .asString())
        .isEqualTo("not-of-a-tenant");
  }

  @Test
  void aGroupGivesItsMembersItsRoles() {
    String role = role("Control owner", "control:write");
    String user = user("member", List.of());
    String other = user("other", List.of());
    Answer made =
        admin.post("/api/groups", Map.of("name", "Owners", "externalId", "dir-1")).is(201);
    String group = String.valueOf(made.header("Location"));
    admin.put(group + "/members", "*", Map.of("members", List.of(user, other))).is(200);
    admin.put(group + "/members", "*", Map.of("members", List.of(user))).is(200);
    admin.put(group + "/roles", "*", Map.of("roles", List.of(role))).is(200);
    Map<String, Object> control =
        Map.of("slug", "c_1", "title", "C", "status", "planned", "effectiveness", 0);
    signIn("member").post("/api/controls", control).is(201);
    signIn("other").post("/api/controls", control).is(403);
    admin.put(group, "*", Map.of("name", "Control owners")).is(200);
    JsonNode shown = fresh().get(group).is(200).json();
    assertThat(shown.path("name").asString()).isEqualTo("Control owners");
    assertThat(shown.has("externalId")).isFalse();
    assertThat(texts(shown.path("members"))).containsExactly(user);
    assertThat(texts(shown.path("roles"))).containsExactly(role);
    assertThat(texts(fresh().get("/api/groups?member=" + user).is(200).json(), "name"))
        .containsExactly("Control owners");
    admin.post(group + "/remove").is(200);
    signIn("member").post("/api/controls", control).is(403);
  }

  @Test
  void thePermissionsThatRolesAreMadeOfAreTold() {
    JsonNode all = admin.get("/api/permissions").is(200).json().path("permissions");
    assertThat(all.values())
        .anyMatch(p -> is(p, "risk:write", "model", true))
        .anyMatch(p -> is(p, "user:write", "sensitive", true))
        .anyMatch(p -> is(p, "tenant:write", "sensitive", false))
        .noneMatch(p -> p.path("permission").asString().equals("security:note"))
        .allMatch(p -> p.path("description").asString().endsWith("."));
  }

  @Test
  void anAdministratorSignsAUserOut() {
    String user = user("leaves", List.of());
    Api first = signIn("leaves");
    Api second = signIn("leaves");
    admin.post("/api/users/" + user + "/sign-out").is(200);
    await()
        .atMost(BITE)
        .until(() -> first.get("/api/me").status() == 401 && second.get("/api/me").status() == 401);
    signIn("leaves").get("/api/me").is(200);
  }

  @Test
  void aCarrierSeesItselfAndThePlatformSeesAll() {
    Api operator = newcomer.operator();
    Answer made = operator.post("/api/carriers", Map.of("name", "Harbour")).is(201);
    String carrier = String.valueOf(made.header("Location"));
    Answer renamed = operator.put(carrier, made.etag(), Map.of("name", "Harbour Re")).is(200);
    operator.post("/api/carriers", Map.of("name", "Rival")).is(201);
    Api chief = newcomer.user(made.id(), "chief@harbour.test", "carrier_admin");
    JsonNode own = chief.with("Varve-Number", renamed.number()).get("/api/carrier").is(200).json();
    assertThat(own.path("name").asString()).isEqualTo("Harbour Re");
    assertThat(own.path("id").asString()).isEqualTo(made.id());
    assertThat(chief.get("/api/carriers").is(403).problem()).isEqualTo("not-for-carriers");
    await()
        .until(
            () ->
                texts(operator.get("/api/carriers?sort=name").is(200).json(), "name")
                    .equals(List.of("Harbour Re", "Rival")));
    operator.get(carrier).is(200);
    operator.get("/api/carrier").is(404);
    Map<String, Object> clerk =
        Map.of("name", "C", "email", "clerk@harbour.test", "role", "carrier_user");
    chief.post("/api/carrier/users", clerk).is(201);
  }

  private static boolean is(JsonNode view, String permission, String kind, boolean assignable) {
    return view.path("permission").asString().equals(permission)
        && view.path("kind").asString().equals(kind)
        && view.path("assignable").asBoolean() == assignable;
  }

  private static Map<String, Object> fields(String name, String... permissions) {
    return Map.of("name", name, "description", "For tests", "permissions", List.of(permissions));
  }

  private static String role(String name, String... permissions) {
    return admin.post("/api/roles", fields(name, permissions)).is(201).id();
  }

  private static String user(String name, List<String> roles) {
    return admin
        .post(
            "/api/users",
            Map.of(
                "name",
                name,
                "email",
                name + "@varve.test",
                "role",
                "tenant_user",
                "roles",
                roles,
                "password",
                Newcomer.PASSWORD))
        .is(201)
        .id();
  }

  private static Api signIn(String name) {
    return newcomer.anybody().signedIn(name + "@varve.test", Newcomer.PASSWORD);
  }

  /** A client that sees everything that was written so far. */
  private static Api fresh() {
    String number =
        varve.sql("select number from ledger.counter where tenant_id = '" + acme.tenant() + "'");
    return admin.with("Varve-Number", number);
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }

  private static List<String> texts(JsonNode page, String field) {
    return page.path("items").values().stream().map(i -> i.path(field).asString()).toList();
  }
}
