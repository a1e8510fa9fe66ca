package io.varve.web.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.erasure.ApproveErasure;
import io.varve.command.identity.EraseUser;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.erasure.ErasureId;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Callers;
import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ErasureTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));
  private static final String BASIS = "GDPR Art. 17(1)(b)";
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  private static Newcomer newcomer;
  private static int customers;

  private String tenant = "";
  private String name = "";
  private String person = "";
  private Api one = varve.api();
  private Api other = varve.api();

  @BeforeAll
  static void aContract() {
    newcomer = new Newcomer(varve.api());
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    newcomer.anybody().watchedBy(contract::check);
  }

  @BeforeEach
  void twoAdministratorsAndAPerson() {
    name = "erases" + ++customers;
    Newcomer.Customer customer = newcomer.customer(name);
    tenant = customer.tenant();
    one = Device.enrol(CLOCK, customer.admin()).api();
    other = enrolled(tenant, name + "-2@varve.test", "tenant_admin");
    person = newcomer.user(tenant, address(), "tenant_user").get("/api/me").is(200).id();
  }

  @Test
  void aDryRunSaysWhatThereIsAndWritesNothing() {
    long before = varve.events();
    Answer found = one.post("/api/erasures", wanted(true)).is(200);
    assertThat(varve.events()).isEqualTo(before);
    assertThat(found.json().at("/extent/events").asLong()).isPositive();
    assertThat(found.json().at("/extent/fields").asLong())
        .isGreaterThanOrEqualTo(4)
        .isEqualTo(
            found.json().path("traces").values().stream()
                .mapToLong(trace -> trace.path("fields").asLong())
                .sum());
    assertThat(amount(found.json().path("others"), "secrets")).isEqualTo(1);
    assertThat(amount(found.json().path("others"), "sessions")).isEqualTo(1);
    assertThat(found.json().path("held").isEmpty()).isTrue();
    assertThat(found.json().has("id")).isFalse();
  }

  @Test
  void oneAsksAnotherApprovesAndThePersonIsGone() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    assertThat(approve(one, id).is(403).problem()).isEqualTo("second-person");
    approve(other, id).is(200);
    Answer done = show(id);
    assertThat(done.json().path("status").asString()).isEqualTo("completed");
    assertThat(amount(done.json().path("removed"), "secrets")).isEqualTo(1);
    Answer user = one.get("/api/users/" + person).is(200);
    assertThat(user.json().path("status").asString()).isEqualTo("erased");
    assertThat(user.json().has("name") || user.json().has("email")).isFalse();
    assertThat(approve(other, id).is(409).problem()).isEqualTo("erasure-decided");
    assertThat(one.post("/api/users/" + person + "/enable").is(409).problem())
        .isEqualTo("user-erased");
  }

  @Test
  void itIsApprovedRightAfterTheSecondFactor() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    CLOCK.advance(Duration.ofMinutes(6));
    assertThat(approve(other, id).is(403).problem()).isEqualTo("step-up-required");
    one.post("/api/erasures/" + id + "/withdraw").is(200);
    assertThat(show(id).json().path("status").asString()).isEqualTo("withdrawn");
  }

  @Test
  void aHoldKeepsThePersonWheneverItComes() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    String hold = place("2030-CV-3");
    Answer found = one.post("/api/erasures", wanted(true)).is(200);
    assertThat(found.json().at("/held/0/matter").asString()).isEqualTo("2030-CV-3");
    assertThat(one.post("/api/erasures", wanted(false)).is(409).problem()).isEqualTo("held");
    Answer refused = approve(other, id).is(409);
    assertThat(refused.problem()).isEqualTo("held");
    assertThat(refused.json().at("/errors/0/message").asString()).isEqualTo("matter 2030-CV-3");
    Answer blocked = show(id);
    assertThat(blocked.json().path("status").asString()).isEqualTo("blocked");
    assertThat(blocked.json().path("hold").asString()).isEqualTo(hold);
    assertThat(blocked.json().path("matter").asString()).isEqualTo("2030-CV-3");
    assertThat(isErased()).isFalse();
    assertThat(one.get("/api/users/" + person).is(200).json().path("email").asString())
        .isEqualTo(address());
    Map<String, String> why = Map.of("reason", "Settled");
    one.post("/api/holds/" + hold + "/release-request", why).is(200);
    other.post("/api/holds/" + hold + "/release", why).is(200);
    approve(other, one.post("/api/erasures", wanted(false)).is(201).id()).is(200);
    assertThat(isErased()).isTrue();
  }

  @Test
  void aHoldBetweenApprovalAndExecutionIsFoundAndOneAfterwardsIsTooLate() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    approveOnly(id);
    place("2030-CV-4");
    varve.bean(Eraser.class).executeAll();
    assertThat(show(id).json().path("status").asString()).isEqualTo("blocked");
    assertThat(isErased()).isFalse();

    twoAdministratorsAndAPerson();
    String next = one.post("/api/erasures", wanted(false)).is(201).id();
    approveOnly(next);
    varve.bean(Eraser.class).executeAll();
    place("2030-CV-5");
    varve.bean(Eraser.class).executeAll();
    assertThat(show(next).json().path("status").asString()).isEqualTo("completed");
  }

  /** Each is where an execution was interrupted, after the approval. */
  @ParameterizedTest
  @ValueSource(strings = {"nothing", "the user", "the key", "what is elsewhere"})
  void whatWasInterruptedIsTakenUpAgain(String done) {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    approveOnly(id);
    UUID subject = UUID.fromString(person);
    UUID home = UUID.fromString(tenant);
    List<BiConsumer<UUID, UUID>> steps =
        List.of(
            (t, s) ->
                varve
                    .bean(Commands.class)
                    .send(Callers.eraser(t), new EraseUser(new UserId(s)), Terms.NONE),
            (t, s) -> varve.bean(Vault.class).erase(t, s),
            (t, s) -> varve.bean(Findings.class).forget(t, s));
    int count = List.of("nothing", "the user", "the key", "what is elsewhere").indexOf(done);
    steps.subList(0, count).forEach(step -> step.accept(home, subject));
    varve.bean(Eraser.class).executeAll();
    varve.bean(Eraser.class).executeAll();
    assertThat(show(id).json().path("status").asString()).isEqualTo("completed");
    assertThat(types(id)).isEqualTo("erasure.requested,erasure.approved,erasure.completed");
    assertThat(types(person)).isEqualTo("user.registered,user.erased");
    assertThat(isErased()).isTrue();
  }

  @Test
  void onceTheKeyIsDestroyedALaterHoldDoesNotStopTheRest() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    approveOnly(id);
    varve.bean(Vault.class).erase(UUID.fromString(tenant), UUID.fromString(person));
    place("2030-CV-6");
    varve.bean(Eraser.class).executeAll();
    assertThat(show(id).json().path("status").asString()).isEqualTo("completed");
    assertThat(types(person)).isEqualTo("user.registered,user.erased");
  }

  @Test
  void aNodeThatStartsGoesOnWithWhatWasApproved() {
    String id = one.post("/api/erasures", wanted(false)).is(201).id();
    approveOnly(id);
    try (TestVarve another = varve.another()) {
      await().atMost(AT_ONCE).until(this::isErased);
      assertThat(
              another.bean(Vault.class).isErased(UUID.fromString(tenant), UUID.fromString(person)))
          .isTrue();
      await()
          .atMost(AT_ONCE)
          .untilAsserted(
              () -> assertThat(show(id).json().path("status").asString()).isEqualTo("completed"));
    }
  }

  @Test
  void theLastAdministratorStays() {
    Newcomer.Customer small = newcomer.customer(name + "-small");
    String admin = small.admin().get("/api/me").is(200).id();
    String root = "/api/tenants/" + small.tenant() + "/erasures";
    Api first = enrolled(newcomer.organization(), name + "-m1@varve.test", "master_admin");
    Api second = enrolled(newcomer.organization(), name + "-m2@varve.test", "master_admin");
    String id = first.post(root, Map.of("subject", admin, "legalBasis", BASIS)).is(201).id();
    assertThat(second.post(root + "/" + id + "/approve").is(409).problem()).isEqualTo("last-admin");
    small.admin().get("/api/me").is(200);
  }

  @Test
  void nothingThatComesAfterwardsBringsThePersonBack() {
    Api user = varve.api().signedIn(address(), Newcomer.PASSWORD);
    approve(other, one.post("/api/erasures", wanted(false)).is(201).id()).is(200);
    String keys = subjectKeys();
    CLOCK.advance(Duration.ofSeconds(10));
    await().atMost(AT_ONCE).until(() -> user.get("/api/me").status() == 401);
    user.post("/api/auth/sign-out-everywhere").is(401);
    varve
        .api()
        .post("/api/auth/login", Map.of("email", address(), "password", Newcomer.PASSWORD))
        .is(401);
    varve.api().post("/api/auth/password/forgot", Map.of("email", address())).is(202);
    var fields = Map.of("name", "Again", "email", address(), "role", "tenant_user");
    assertThat(one.put("/api/users/" + person, "*", fields).is(409).problem())
        .isEqualTo("subject-erased");
    one.post("/api/users/" + person + "/invite").is(409);
    one.post("/api/users/" + person + "/disable").is(409);
    assertThat(subjectKeys()).isEqualTo(keys);
    String key =
        one.post("/api/api-keys", Map.of("name", "Directory", "use", "directory"))
            .is(201)
            .json()
            .path("key")
            .asString();
    Answer provisioned =
        Api.at("http://localhost:" + varve.port())
            .as(key)
            .with("Content-Type", "application/scim+json")
            .post(
                "/scim/v2/Users",
                Map.of(
                    "schemas",
                    List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
                    "userName",
                    address(),
                    "displayName",
                    "Somebody new"))
            .is(201);
    assertThat(provisioned.id()).isNotEqualTo(person);
    assertThat(isErased()).isTrue();
  }

  @Test
  void badRequestsAreNamed() {
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of("legalBasis", BASIS), Map.of("subject", person, "legalBasis", " "))) {
      one.post("/api/erasures", bad).is(422);
    }
    one.post("/api/erasures", Map.of("subject", "nobody", "legalBasis", BASIS)).is(400);
    Api user = newcomer.user(tenant, name + "-u@varve.test", "tenant_user");
    user.post("/api/erasures", wanted(true)).is(403);
    Api stranger = newcomer.customer(name + "-stranger").admin();
    assertThat(
            stranger
                .post("/api/erasures", wanted(true))
                .is(200)
                .json()
                .at("/extent/events")
                .asLong())
        .isZero();
  }

  private static long amount(JsonNode amounts, String what) {
    return amounts.values().stream()
        .filter(amount -> amount.path("what").asString().equals(what))
        .mapToLong(amount -> amount.path("count").asLong())
        .findFirst()
        .orElseThrow();
  }

  private Answer show(String id) {
    String last = varve.sql("select number from ledger.counter where tenant_id = '" + tenant + "'");
    return one.with("Varve-Number", last).get("/api/erasures/" + id).is(200);
  }

  private static Answer approve(Api by, String id) {
    return by.post("/api/erasures/" + id + "/approve");
  }

  /** As by a node that stops right afterwards. */
  private void approveOnly(String id) {
    UUID home = UUID.fromString(tenant);
    varve
        .bean(Commands.class)
        .send(
            Caller.of(
                home, Actor.user(UUID.randomUUID()), EnumSet.allOf(Permission.class), Via.API),
            new ApproveErasure(new ErasureId(UUID.fromString(id))),
            Terms.NONE);
  }

  private String place(String matter) {
    return one.post(
            "/api/holds",
            Map.of("matter", matter, "reason", "Subpoena", "custodians", List.of(person)))
        .is(201)
        .id();
  }

  private Map<String, Object> wanted(boolean dryRun) {
    var wanted = new HashMap<String, Object>(Map.of("subject", person, "legalBasis", BASIS));
    if (dryRun) {
      wanted.put("dryRun", true);
    }
    return wanted;
  }

  private boolean isErased() {
    return varve.bean(Vault.class).isErased(UUID.fromString(tenant), UUID.fromString(person));
  }

  private String address() {
    return name + "-person@varve.test";
  }

  private static String types(String id) {
    return varve.sql(
        "select string_agg(type, ',' order by sequence) from ledger.event where id = '" + id + "'");
  }

  /** How many keys there are for the person, in any tenant. */
  private String subjectKeys() {
    return varve.sql(
        "select count(*) from ops.subject_key where wrapped is not null and subject_id = '"
            + person
            + "'");
  }

  private static Api enrolled(String home, String email, String role) {
    return Device.enrol(CLOCK, newcomer.user(home, email, role)).api();
  }
}
