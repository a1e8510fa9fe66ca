package io.varve.web.notice;

import static io.varve.web.testing.Newcomer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.Commands;
import io.varve.command.notice.TallySweep;
import io.varve.postgres.Database;
import io.varve.web.edge.ClientAddress;
import io.varve.web.limit.SignInGuard;
import io.varve.web.limit.SignInListener.Failure;
import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the trail shows of who tried what he may not. */
class SecurityEventsTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  private static Api anybody;
  private static String acme;

  @BeforeAll
  static void aCustomer() {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    anybody = varve.api().watchedBy(contract::check);
    acme = new Newcomer(varve.api()).customer("acme").tenant();
  }

  @BeforeEach
  void anEmptyWindow() {
    CLOCK.advance(WINDOW);
    sweep();
  }

  @Test
  void failedSignInsAreNotedAtOnceAndThenCountedWhereTheUserBelongs() {
    String user = user("fails", "tenant_user");
    Map<String, String> wrong = Map.of("email", "fails@varve.test", "password", "not it at all");
    for (int i = 0; i < 4; i++) {
      anybody.post("/api/auth/login", wrong).is(401);
    }
    String type = "notice.sign-in-failed";
    assertThat(trail(type, user)).hasSize(1);
    windowEnds();
    assertThat(trail(type, user)).hasSize(2);
    assertThat(counted(type, user)).isEqualTo(4);
    assertThat(trail(type, user))
        .allSatisfy(
            event -> {
              assertThat(event.at("/actor/kind").asString()).isEqualTo("system");
              assertThat(event.at("/actor/id").asString()).isEqualTo(acme);
              assertThat(event.has("impersonator")).isFalse();
            });
  }

  @Test
  void aWrongCodeIsAFailedSignInToo() {
    String user = user("guesses", "tenant_user");
    Device.Enrolled enrolled = Device.enrol(CLOCK, signIn("guesses"));
    Map<String, String> wrong = Map.of("code", enrolled.device().neverShows(1));
    enrolled.api().post("/api/auth/mfa/verify", wrong).is(403);
    assertThat(counted("notice.sign-in-failed", user)).isEqualTo(1);
    assertThat(trail("user.totp-enrolled", "")).hasSize(1);
    assertThat(trail("session.verified", ""))
        .singleElement()
        .satisfies(event -> assertThat(event.at("/actor/id").asString()).isEqualTo(user));
  }

  @Test
  void aLockedAccountIsNotedAtOnce() {
    String user = user("locked", "tenant_user");
    lock("locked@varve.test");
    assertThat(trail("notice.account-locked", user))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.at("/actor/kind").asString()).isEqualTo("system");
              assertThat(event.at("/payload/failures").asInt()).isEqualTo(15);
            });
    lock("nobody@varve.test");
    assertThat(
            varve.sql(
                """
                select count(*) from ledger.event
                 where type = 'notice.account-locked' and payload ->> 'user' is null
                """))
        .isEqualTo("1");
  }

  @Test
  void aFloodOfFailuresMakesAHandfulOfEvents() {
    long before = varve.events();
    for (int i = 0; i < 1_000; i++) {
      fail("guess" + i + "@varve.test");
    }
    windowEnds();
    assertThat(varve.events() - before).isEqualTo(2);
    assertThat(
            varve.sql(
                """
                select sum((payload ->> 'count')::bigint) from ledger.event
                 where type = 'notice.sign-in-failed' and position > %d
                   and tenant_id = (select tenant_id from ledger.event where position = 1)
                """
                    .formatted(before)))
        .isEqualTo("1000");
  }

  @Test
  void whoAsksForWhatHeMayNotIsNotedWithACount() {
    String user = user("curious", "tenant_user");
    Api curious = signIn("curious");
    for (int i = 0; i < 20; i++) {
      curious.post("/api/risks", RISK).is(403);
    }
    assertThat(trail("notice.permission-refused", "risk:write")).hasSize(1);
    windowEnds();
    assertThat(trail("notice.permission-refused", "risk:write"))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.at("/actor/id").asString()).isEqualTo(user));
    assertThat(counted("notice.permission-refused", "risk:write")).isEqualTo(20);
  }

  @Test
  void whoReadsInAnotherHomeIsNotedThereOncePerRequest() {
    Api operator = signIn("ada");
    String id = operator.get("/api/me").is(200).id();
    operator.get("/api/tenants/" + acme + "/users").is(200);
    assertThat(trail("notice.tenants-read", "users"))
        .singleElement()
        .satisfies(event -> assertThat(event.at("/actor/id").asString()).isEqualTo(id));
    operator.get("/api/tenants/" + acme + "/users").is(200);
    assertThat(trail("notice.tenants-read", "users")).hasSize(2);
    long before = varve.events();
    signIn("acme").get("/api/tenants/" + acme + "/users").is(200);
    assertThat(varve.events() - before).as("one's own session, and nothing else").isEqualTo(1);
  }

  @Test
  void noticesAreListedForWhoeverMayReadTheTrail() {
    String user = user("listed", "tenant_user");
    anybody
        .post("/api/auth/login", Map.of("email", "listed@varve.test", "password", "wrong"))
        .is(401);
    JsonNode notice =
        fresh()
            .get("/api/notices?kind=sign-in-failed&sort=-created")
            .is(200)
            .json()
            .path("items")
            .get(0);
    assertThat(notice.path("user").asString()).isEqualTo(user);
    assertThat(notice.path("count").asInt()).isEqualTo(1);
    signIn("listed").get("/api/notices").is(403);
    signIn("ada").get("/api/tenants/" + acme + "/notices").is(200);
    signIn("ada").get("/api/notices").is(200);
  }

  private static void windowEnds() {
    CLOCK.advance(WINDOW);
    sweep();
  }

  private static void sweep() {
    try (var sweep =
        new TallySweep(varve.bean(Database.class), varve.bean(Commands.class), CLOCK)) {
      sweep.sweep();
    }
  }

  private static Failure fail(String account) {
    var guard = varve.bean(SignInGuard.class);
    var somewhere = new ClientAddress(InetAddress.ofLiteral("198.51.100.66"));
    return guard.failed(guard.permit(account, somewhere));
  }

  private static void lock(String account) {
    Failure failure = fail(account);
    while (!failure.locked()) {
      Instant until = failure.until();
      if (until != null) {
        CLOCK.advance(Duration.between(CLOCK.instant(), until));
      }
      failure = fail(account);
    }
  }

  /** The events of a type in the tenant's trail whose payload says something. */
  private static List<JsonNode> trail(String type, String said) {
    return signIn("acme")
        .get("/api/audit?type=" + type)
        .is(200)
        .json()
        .path("items")
        .values()
        .stream()
        .filter(event -> event.path("payload").toString().contains(said))
        .toList();
  }

  private static long counted(String type, String said) {
    return trail(type, said).stream().mapToLong(e -> e.at("/payload/count").asLong()).sum();
  }

  /** A client that sees everything that was written so far. */
  private static Api fresh() {
    Api admin = signIn("acme");
    return admin.with(
        "Varve-Number",
        varve.sql("select number from ledger.counter where tenant_id = '" + acme + "'"));
  }

  private static String user(String name, String role) {
    Map<String, String> user =
        Map.of("name", name, "email", name + "@varve.test", "role", role, "password", PASSWORD);
    return signIn("acme").post("/api/users", user).is(201).id();
  }

  private static Api signIn(String name) {
    return anybody.signedIn(name + "@varve.test", PASSWORD);
  }
}
