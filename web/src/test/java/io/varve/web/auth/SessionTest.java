package io.varve.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionTest {

  /** What a change of rights may take to bite, on any node. */
  private static final Duration BITE = Duration.ofSeconds(5);

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static Newcomer newcomer;
  private static Newcomer.Customer acme;

  @BeforeAll
  static void aCustomer() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
  }

  @Test
  void aTokenSaysWhoItsBearerIsAndForWhom() throws ParseException {
    var claims = SignedJWT.parse(token(signIn("acme@varve.test"))).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("varve");
    assertThat(claims.getAudience()).containsExactly("varve-api");
    assertThat(claims.getStringClaim("tenant")).isEqualTo(acme.tenant());
    assertThat(claims.getStringClaim("role")).isEqualTo("tenant_admin");
    assertThat(claims.getBooleanClaim("mfa_verified")).isFalse();
    assertThat(claims.getClaims()).containsKeys("sid", "pv", "jti", "iat", "exp");
  }

  @Test
  void theRefreshTokenIsInACookieThatNoScriptAndNoOtherSiteGets() {
    String cookie = signIn("acme@varve.test").header("Set-Cookie");
    assertThat(cookie)
        .contains("; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/api/auth")
        .contains("Max-Age=2592000")
        .doesNotContain("Domain");
  }

  @Test
  void aRefreshTokenWorksOnceAndEachIsFollowedByAnother() {
    String first = cookie(signIn("acme@varve.test"));
    Answer answer = refresh(first).is(200);
    assertThat(cookie(answer)).isNotEqualTo(first);
    varve.api().as(token(answer)).get("/api/risks").is(200);
    refresh(cookie(answer)).is(200);
  }

  @Test
  void whoComesWithAUsedRefreshTokenEndsTheWholeFamily() {
    String stolen = cookie(signIn("acme@varve.test"));
    Answer owner = refresh(stolen).is(200);
    assertThat(refresh(stolen).is(401).problem()).isEqualTo("session-over");
    assertThat(refresh(cookie(owner)).is(401).problem()).isEqualTo("session-over");
    varve.api().as(token(owner)).get("/api/me").is(401);
    assertThat(audited("session.ended"))
        .anyMatch(event -> event.contains("\"reason\":\"token-reused\""));
  }

  @Test
  void ofManyWhoComeWithOneTokenAtOnceAtMostOneGetsAnother()
      throws InterruptedException, ExecutionException {
    String token = cookie(signIn("acme@varve.test"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> racing =
          Stream.generate(() -> threads.submit(() -> refresh(token))).limit(16).toList();
      int won = 0;
      String next = "";
      for (Future<Answer> one : racing) {
        if (one.get().status() == 200) {
          won++;
          next = cookie(one.get());
        } else {
          one.get().is(401);
        }
      }
      assertThat(won).isLessThanOrEqualTo(1);
      refresh(next).is(401);
    }
  }

  @Test
  void whatRestsOnTheCookieTakesAHeaderAndTheSameOrigin() {
    String token = cookie(signIn("acme@varve.test"));
    Api api = varve.api().with("Cookie", token);
    for (String path : List.of("/api/auth/refresh", "/api/auth/logout")) {
      assertThat(api.post(path).is(403).problem()).isEqualTo("cross-site");
      Api asked = api.with("Varve-Csrf", "1");
      asked.with("Sec-Fetch-Site", "cross-site").post(path).is(403);
      asked.with("Sec-Fetch-Site", "same-site").post(path).is(403);
      asked.with("Origin", "https://evil.test").post(path).is(403);
      asked.with("Origin", "null").post(path).is(403);
    }
    api.with("Varve-Csrf", "1")
        .with("Origin", "http://localhost:" + varve.port())
        .post("/api/auth/refresh")
        .is(200);
  }

  @Test
  void signingOutEndsTheSessionAndItsTokens() {
    Answer signedIn = signIn("acme@varve.test");
    Answer out =
        varve
            .api()
            .with("Cookie", cookie(signedIn))
            .with("Varve-Csrf", "1")
            .post("/api/auth/logout")
            .is(204);
    assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
    refresh(cookie(signedIn)).is(401);
    assertThat(varve.api().as(token(signedIn)).get("/api/me").is(401).problem())
        .isEqualTo("session-over");
  }

  @Test
  void onesOwnSessionsAreListedAndEndedOneByOneOrAllTogether() {
    newcomer.user(acme.tenant(), "sessions@varve.test", "tenant_user");
    Answer first = signIn("sessions@varve.test");
    Answer second = signIn("sessions@varve.test");
    Api api = varve.api().as(token(second));
    Answer list =
        await()
            .until(
                () -> api.get("/api/auth/sessions").is(200),
                answer -> answer.json().path("items").size() == 3);
    assertThat(list.json().path("items").get(0).path("current").asBoolean()).isTrue();
    String other = list.json().path("items").get(1).path("id").asString();
    api.post("/api/auth/sessions/" + other + "/end").is(200);
    await().atMost(BITE).until(() -> me(first) == 401);
    assertThat(me(second)).isEqualTo(200);
    Answer third = signIn("sessions@varve.test");
    api.post("/api/auth/sessions/end").is(200);
    await().atMost(BITE).until(() -> me(second) == 401 && me(third) == 401);
    refresh(cookie(third)).is(401);
    acme.admin().post("/api/auth/sessions/" + other + "/end").is(404);
  }

  @Test
  void aDisabledUserIsOutWithinMomentsAndStaysOut() {
    newcomer.user(acme.tenant(), "leaver@varve.test", "tenant_user");
    Answer signedIn = signIn("leaver@varve.test");
    String id = varve.api().as(token(signedIn)).get("/api/me").is(200).id();
    acme.admin().post("/api/users/" + id + "/disable").is(200);
    await().atMost(BITE).until(() -> me(signedIn) == 401);
    refresh(cookie(signedIn)).is(401);
    acme.admin().post("/api/users/" + id + "/enable").is(200);
    refresh(cookie(signedIn)).is(401);
    assertThat(me(signedIn)).isEqualTo(401);
    assertThat(me(signIn("leaver@varve.test"))).isEqualTo(200);
  }

  @Test
  void aChangedRoleBitesWithinMomentsAndARefreshedTokenHasIt() {
    newcomer.user(acme.tenant(), "riser@varve.test", "tenant_user");
    Answer signedIn = signIn("riser@varve.test");
    Api api = varve.api().as(token(signedIn));
    String id = api.get("/api/me").is(200).id();
    api.get("/api/audit").is(403);
    Map<String, Object> admin =
        Map.of("name", "R", "email", "riser@varve.test", "role", "tenant_admin");
    acme.admin().put("/api/users/" + id, "*", admin).is(200);
    await().atMost(BITE).until(() -> api.get("/api/audit").problem().equals("token-outdated"));
    varve.api().as(token(refresh(cookie(signedIn)).is(200))).get("/api/audit").is(200);
  }

  private static Answer signIn(String email) {
    return varve
        .api()
        .post("/api/auth/login", Map.of("email", email, "password", Newcomer.PASSWORD))
        .is(200);
  }

  private static Answer refresh(String cookie) {
    return varve.api().with("Cookie", cookie).with("Varve-Csrf", "1").post("/api/auth/refresh");
  }

  private static int me(Answer signedIn) {
    return varve.api().as(token(signedIn)).get("/api/me").status();
  }

  private static String token(Answer signedIn) {
    return signedIn.json().path("accessToken").asString();
  }

  private static String cookie(Answer answer) {
    return String.valueOf(answer.header("Set-Cookie")).replaceFirst(";.*", "");
  }

  private static List<String> audited(String type) {
    return acme
        .admin()
        .get("/api/audit?type=" + type)
        .is(200)
        .json()
        .path("items")
        .values()
        .stream()
        .map(Object::toString)
        .toList();
  }
}
