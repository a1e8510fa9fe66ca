package io.varve.web.mfa;

import static io.varve.web.testing.Newcomer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.varve.web.mfa.Device.Enrolled;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecondFactorTest {

  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));

  /** What a change of rights may take to bite, on any node. */
  private static final Duration BITE = Duration.ofSeconds(5);

  @AutoClose static final TestVarve varve = TestVarve.start(CLOCK, Map.of());

  /** A client whose every answer is as the OpenAPI document says. */
  private static Api anybody;

  private static String organization;
  private static String acme;
  private static String strict;

  @BeforeAll
  static void customers() {
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    anybody = varve.api().watchedBy(contract::check);
    var newcomer = new Newcomer(varve.api());
    organization = newcomer.organization();
    acme = newcomer.customer("acme").tenant();
    strict = newcomer.customer("strict").tenant();
    newcomer.user(organization, "grace@varve.test", "master_admin");
  }

  @Test
  void enrolmentShowsASecretAndIsDoneWithItsFirstCode() {
    Api user = user("enrols");
    assertThat(user.get("/api/auth/mfa").is(200).json().path("enrolled").asBoolean()).isFalse();
    Answer begun = user.post("/api/auth/mfa/totp").is(200);
    assertThat(begun.json().path("uri").asString())
        .startsWith("otpauth://totp/Varve:enrols%40varve.test?secret=")
        .contains(begun.json().path("secret").asString());
    assertThat(begun.json().path("qrCode").asString()).startsWith("data:image/svg+xml;base64,");
    Device device = Device.scanned(CLOCK, begun);
    Map<String, String> wrong = Map.of("code", device.neverShows(1));
    assertThat(user.post("/api/auth/mfa/totp/confirm", wrong).is(403).problem())
        .isEqualTo("wrong-code");
    Answer done = user.post("/api/auth/mfa/totp/confirm", Map.of("code", device.shows())).is(200);
    assertThat(Device.recoveryCodes(done))
        .hasSize(10)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
    Answer state =
        user.as(done.json().at("/token/accessToken").asString()).get("/api/auth/mfa").is(200);
    assertThat(state.json().path("enrolled").asBoolean()).isTrue();
    assertThat(state.json().path("recoveryCodes").asInt()).isEqualTo(10);
    assertThat(state.json().has("verifiedAt")).isTrue();
  }

  @Test
  void anEnrolmentThatNobodyComesBackForIsDropped() {
    Api user = user("forgets");
    Device device = Device.scanned(CLOCK, user.post("/api/auth/mfa/totp").is(200));
    CLOCK.advance(Duration.ofMinutes(15));
    Api later = signIn("forgets");
    Map<String, String> code = Map.of("code", device.shows());
    assertThat(later.post("/api/auth/mfa/totp/confirm", code).is(409).problem())
        .isEqualTo("nothing-to-confirm");
    String secrets = secrets();
    later.post("/api/auth/mfa/totp").is(200);
    assertThat(secrets()).as("the dropped one is gone, the new one is there").isEqualTo(secrets);
  }

  @Test
  void whoHasOneReachesNothingElseBeforeItsCode() throws ParseException {
    Enrolled enrolled = Device.enrol(CLOCK, user("owes"));
    Answer answer = login("owes");
    assertThat(answer.json().path("secondFactor").asString()).isEqualTo("code-required");
    Api owing = bearer(answer);
    owing.get("/api/me").is(200);
    owing.get("/api/auth/mfa").is(200);
    for (String path : List.of("/api/risks", "/api/auth/sessions")) {
      assertThat(owing.get(path).is(403).problem()).isEqualTo("second-factor-required");
    }
    assertThat(owing.post("/api/auth/mfa/totp").is(403).problem()).isEqualTo("step-up-required");
    owing.post("/api/auth/mfa/totp/remove").is(403);
    owing.post("/api/auth/mfa/recovery-codes").is(403);
    Answer verified = verify(owing, enrolled.device().showsNext()).is(200);
    assertThat(verified.json().path("secondFactor").asString()).isEqualTo("settled");
    assertThat(verified.header("Set-Cookie")).contains("varve-refresh=");
    String token = verified.json().path("accessToken").asString();
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getBooleanClaim("mfa_verified")).isTrue();
    owing.as(token).get("/api/risks").is(200);
  }

  @Test
  void aCodeWorksOnceAndSoDoesEveryOneBeforeIt() {
    Enrolled enrolled = Device.enrol(CLOCK, user("replays"));
    String old = enrolled.device().showsNext();
    String code = enrolled.device().showsNext();
    verify(enrolled.api(), code).is(200);
    assertThat(verify(enrolled.api(), code).is(403).problem()).isEqualTo("wrong-code");
    verify(enrolled.api(), old).is(403);
    verify(enrolled.api(), enrolled.device().showsNext()).is(200);
  }

  @Test
  void theFirstCodeIsUsedUpByTheEnrolment() {
    Api user = user("hurries");
    Device device = Device.scanned(CLOCK, user.post("/api/auth/mfa/totp").is(200));
    String code = device.shows();
    user.post("/api/auth/mfa/totp/confirm", Map.of("code", code)).is(200);
    verify(user, code).is(403);
  }

  @Test
  void ofManyWhoComeWithOneCodeAtOnceExactlyOnePasses() throws Exception {
    Enrolled enrolled = Device.enrol(CLOCK, user("races"));
    String code = enrolled.device().showsNext();
    assertThat(race(() -> verify(enrolled.api(), code))).containsOnlyOnce(200);
  }

  @Test
  void ofManyWhoComeWithOneRecoveryCodeAtOnceExactlyOnePasses() throws Exception {
    Enrolled enrolled = Device.enrol(CLOCK, user("recovers"));
    String code = enrolled.recoveryCodes().getFirst();
    assertThat(race(() -> recover(enrolled.api(), code))).containsOnlyOnce(200);
    CLOCK.advance(Duration.ofMinutes(16));
    Api other = signIn("recovers");
    String typed = enrolled.recoveryCodes().get(1).replace("-", " ").toLowerCase(Locale.ROOT);
    Api again = bearer(recover(other, typed).is(200));
    assertThat(recover(again, code).is(403).problem()).isEqualTo("wrong-code");
    assertThat(again.get("/api/auth/mfa").json().path("recoveryCodes").asInt()).isEqualTo(8);
  }

  @Test
  void ofManyWhoConfirmAtOnceExactlyOneEnrols() throws Exception {
    Api user = user("confirms");
    Device device = Device.scanned(CLOCK, user.post("/api/auth/mfa/totp").is(200));
    Map<String, String> code = Map.of("code", device.shows());
    assertThat(race(() -> user.post("/api/auth/mfa/totp/confirm", code))).containsOnlyOnce(200);
  }

  @Test
  void codesCannotBeGuessed() {
    Enrolled enrolled = Device.enrol(CLOCK, user("guessed"));
    Api owing = signIn("guessed");
    String right = enrolled.device().showsNext();
    for (int i = 0; i < 5; i++) {
      verify(owing, enrolled.device().neverShows(i)).is(403);
    }
    Answer refused = verify(owing, right).is(429);
    assertThat(refused.header("Retry-After")).isNotNull();
    recover(owing, enrolled.recoveryCodes().getFirst()).is(429);
    CLOCK.advance(Duration.ofSeconds(5));
    verify(owing, right).is(200);
  }

  @Test
  void newRecoveryCodesReplaceTheOldAndTakeAFreshCode() {
    Enrolled enrolled = Device.enrol(CLOCK, user("renews"));
    CLOCK.advance(Duration.ofMinutes(6));
    Api stale = enrolled.api();
    assertThat(stale.post("/api/auth/mfa/recovery-codes").is(403).problem())
        .isEqualTo("step-up-required");
    Api fresh = bearer(verify(stale, enrolled.device().shows()).is(200));
    List<String> codes = Device.recoveryCodes(fresh.post("/api/auth/mfa/recovery-codes").is(200));
    Api owing = signIn("renews");
    recover(owing, enrolled.recoveryCodes().getFirst()).is(403);
    recover(owing, codes.getFirst()).is(200);
  }

  @Test
  void aDeviceIsReplacedWithAFreshCodeAndTheOldOneWorksNoMore() {
    Enrolled old = Device.enrol(CLOCK, user("replaces"));
    Enrolled current = Device.enrol(CLOCK, old.api());
    Api owing = signIn("replaces");
    verify(owing, old.device().showsNext()).is(403);
    verify(owing, current.device().shows()).is(200);
  }

  @Test
  void removingItEndsAllOtherSessions() {
    Enrolled enrolled = Device.enrol(CLOCK, user("removes"));
    Api other = bearer(verify(signIn("removes"), enrolled.device().showsNext()).is(200));
    Answer removed = enrolled.api().post("/api/auth/mfa/totp/remove").is(200);
    other.get("/api/me").is(401);
    bearer(removed).get("/api/risks").is(200);
    assertThat(login("removes").json().path("secondFactor").asString()).isEqualTo("settled");
    assertThat(verify(bearer(removed), enrolled.device().showsNext()).is(409).problem())
        .isEqualTo("no-second-factor");
  }

  @Test
  void whereAPolicyRequiresItItCannotBeRemoved() {
    Enrolled enrolled = Device.enrol(CLOCK, user("keeps"));
    signIn("acme")
        .put("/api/users/" + id(enrolled.api()) + "/mfa-policy", "*", Map.of("required", true))
        .is(200);
    assertThat(enrolled.api().post("/api/auth/mfa/totp/remove").is(409).problem())
        .isEqualTo("second-factor-still-required");
    assertThat(enrolled.api().get("/api/auth/mfa").json().path("requiredBy").toString())
        .isEqualTo("[\"user\"]");
  }

  @Test
  void anAdministratorResetsALostSecondFactor() {
    Enrolled enrolled = Device.enrol(CLOCK, user("loses"));
    String id = id(enrolled.api());
    signIn("acme").post("/api/users/" + id + "/mfa/reset").is(200);
    await().atMost(BITE).until(() -> enrolled.api().get("/api/me").status() == 401);
    assertThat(login("loses").json().path("secondFactor").asString()).isEqualTo("settled");
    user("mere").post("/api/users/" + id + "/mfa/reset").is(403);
    signIn("strict").post("/api/users/" + id + "/mfa/reset").is(404);
  }

  @Test
  void anyLevelThatRequiresItWins() {
    String own = "/api/tenants/" + strict + "/mfa-policy";
    String above = "/api/organizations/" + organization + "/mfa-policy";
    Api operator = signIn("ada");
    for (String policy : List.of(own, above)) {
      operator.put(policy, "*", Map.of("required", true)).is(200);
      assertThat(
              bearer(awaitLogin("strict", "enrolment-required"))
                  .get("/api/risks")
                  .is(403)
                  .problem())
          .isEqualTo("second-factor-required");
      operator.put(policy, "*", Map.of("required", false)).is(200);
      awaitLogin("strict", "settled");
    }
    operator.put("/api/platform/mfa-policy", "*", Map.of("required", true)).is(200);
    Api owing = bearer(awaitLogin("strict", "enrolment-required"));
    Device.enrol(CLOCK, owing).api().get("/api/risks").is(200);
    Enrolled ada = Device.enrol(CLOCK, bearer(awaitLogin("ada", "enrolment-required")));
    ada.api().put("/api/platform/mfa-policy", "*", Map.of("required", false)).is(200);
    await().atMost(BITE).until(() -> ada.api().post("/api/auth/mfa/totp/remove").status() == 200);
  }

  @Test
  void whoMayNotSetAPolicyDoesNot() {
    Api mere = user("powerless");
    Map<String, Boolean> required = Map.of("required", true);
    mere.put("/api/tenants/" + acme + "/mfa-policy", "*", required).is(403);
    Api admin = signIn("acme");
    admin.put("/api/platform/mfa-policy", "*", required).is(404);
    admin.put("/api/tenants/" + strict + "/mfa-policy", "*", required).is(404);
    admin.put("/api/organizations/" + organization + "/mfa-policy", "*", required).is(404);
    signIn("grace").put("/api/tenants/" + strict + "/mfa-policy", "*", required).is(200);
    signIn("grace")
        .put("/api/tenants/" + strict + "/mfa-policy", "*", Map.of("required", false))
        .is(200);
  }

  @Test
  void aCarrierHasAPolicyOfItsOwn() {
    String carrier = varve.carrier("Lloyd");
    Api admin = user("/api/carriers/" + carrier, "lloyd", "carrier_admin");
    admin.put("/api/carrier/mfa-policy", "*", Map.of("required", true)).is(200);
    Enrolled enrolled = Device.enrol(CLOCK, bearer(awaitLogin("lloyd", "enrolment-required")));
    assertThat(enrolled.api().get("/api/auth/mfa").json().path("requiredBy").toString())
        .isEqualTo("[\"carrier\"]");
    enrolled.api().post("/api/auth/mfa/recovery-codes").is(200);
    enrolled.api().get("/api/risks").is(403);
    signIn("ada")
        .put("/api/carriers/" + carrier + "/mfa-policy", "*", Map.of("required", false))
        .is(200);
  }

  @Test
  void noSecretAndNoCodeIsInAnEvent() {
    Api user = user("discreet");
    Answer begun = user.post("/api/auth/mfa/totp").is(200);
    Device device = Device.scanned(CLOCK, begun);
    Answer done = user.post("/api/auth/mfa/totp/confirm", Map.of("code", device.shows())).is(200);
    for (String secret :
        Stream.concat(
                Stream.of(begun.json().path("secret").asString()),
                Device.recoveryCodes(done).stream())
            .toList()) {
      assertThat(
              varve.sql(
                  "select count(*) from ledger.event where payload::text || provenance::text like '%"
                      + secret
                      + "%'"))
          .isEqualTo("0");
    }
    assertThat(
            varve.sql(
                "select count(*) from ops.recovery_code where hashes::text like '%"
                    + Device.recoveryCodes(done).getFirst().replace("-", "")
                    + "%'"))
        .isEqualTo("0");
  }

  private static List<Integer> race(Callable<Answer> one)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> racing =
          IntStream.range(0, 16).mapToObj(_ -> threads.submit(one)).toList();
      var statuses = new ArrayList<Integer>();
      for (Future<Answer> answer : racing) {
        statuses.add(answer.get().status());
      }
      return statuses;
    }
  }

  private static Api user(String name) {
    return user("/api/tenants/" + acme, name, "tenant_user");
  }

  /** A new user of a home, signed in. */
  private static Api user(String root, String name, String role) {
    Map<String, String> user =
        Map.of("name", name, "email", name + "@varve.test", "role", role, "password", PASSWORD);
    signIn("ada").post(root + "/users", user).is(201);
    return signIn(name);
  }

  /** Signs in again and again until a policy bites. */
  private static Answer awaitLogin(String name, String secondFactor) {
    return await()
        .atMost(BITE)
        .until(
            () -> login(name),
            answer -> answer.json().path("secondFactor").asString().equals(secondFactor));
  }

  private static Answer login(String name) {
    return anybody
        .post("/api/auth/login", Map.of("email", name + "@varve.test", "password", PASSWORD))
        .is(200);
  }

  private static Api signIn(String name) {
    return bearer(login(name));
  }

  private static Api bearer(Answer answer) {
    return anybody.as(answer.json().path("accessToken").asString());
  }

  private static Answer verify(Api api, String code) {
    return api.post("/api/auth/mfa/verify", Map.of("code", code));
  }

  private static Answer recover(Api api, String code) {
    return api.post("/api/auth/mfa/verify", Map.of("recoveryCode", code));
  }

  private static String id(Api api) {
    return api.get("/api/me").is(200).id();
  }

  private static String secrets() {
    return varve.sql("select count(*) from ops.secret");
  }
}
