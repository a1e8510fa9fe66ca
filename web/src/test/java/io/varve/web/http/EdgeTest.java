package io.varve.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every resource has in common, looked at through risks. */
class EdgeTest {

  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @AutoClose static final TestVarve varve = TestVarve.start();
  private static Newcomer newcomer;
  private static Customer acme;
  private static Customer rival;

  @BeforeAll
  static void twoCustomers() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    rival = newcomer.customer("rival");
  }

  @Test
  void everyAnswerHasARequestIdAndASaneOneOfTheClientIsKept() {
    Api api = varve.api();
    assertThat(api.get("/health/live").is(200).header("X-Request-Id")).matches("[0-9a-f-]{36}");
    assertThat(
            api.with("X-Request-Id", "build-4711.a").get("/nowhere").is(404).header("X-Request-Id"))
        .isEqualTo("build-4711.a");
    assertThat(api.with("X-Request-Id", "x y").get("/nowhere").is(404).header("X-Request-Id"))
        .matches("[0-9a-f-]{36}");
    Answer refused = api.get("/api/risks").is(401);
    assertThat(refused.json().path("request").asString()).isEqualTo(refused.header("X-Request-Id"));
  }

  @Test
  void theRequestIdIsInTheTrail() {
    acme.admin().with("X-Request-Id", "request-0815").post("/api/risks", RISK).is(201);
    assertThat(acme.admin().get("/api/audit?limit=1").json().at("/items/0/request").asString())
        .isEqualTo("request-0815");
  }

  @Test
  void itIsReadyOnceTheDatabaseAnswersAndTheProcessorsRun() {
    assertThat(varve.api().get("/health/ready").is(200).json().path("status").asString())
        .isEqualTo("UP");
    assertThat(varve.api().get("/health/live").is(200).json().path("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void whatHttpItselfRefusesIsAProblemDocumentToo() {
    Api api = acme.admin();
    assertThat(api.get("/api/nothing").is(404).problem()).isEqualTo("not-found");
    Answer method = api.send("DELETE", "/api/risks", null).is(405);
    assertThat(method.problem()).isEqualTo("method-not-allowed");
    assertThat(String.valueOf(method.header("Allow"))).contains("POST");
    assertThat(api.with("Accept", "text/html").get("/api/me").is(406).problem())
        .isEqualTo("not-acceptable");
    assertThat(
            api.with("Content-Type", "text/plain")
                .send("POST", "/api/risks", "{}")
                .is(415)
                .problem())
        .isEqualTo("unsupported-media-type");
    String large = "{\"title\":\"" + "x".repeat(1 << 20) + "\"}";
    assertThat(api.send("POST", "/api/risks", large).is(413).problem()).isEqualTo("too-large");
    assertThat(api.get("/api/risks/not-an-id").is(404).problem()).isEqualTo("not-found");
    assertThat(api.get("/api/risks;x=1").is(400).problem()).isEqualTo("malformed-request");
    assertThat(
            api.send("PUT", "/api/risks/" + UUID.randomUUID(), Json.write(RISK)).is(428).problem())
        .isEqualTo("precondition-required");
    assertThat(api.put("/api/risks/" + UUID.randomUUID(), "7", RISK).is(400).problem())
        .isEqualTo("malformed-request");
    assertThat(api.put("/api/risks/" + UUID.randomUUID(), "W/\"7\"", RISK).is(412).problem())
        .isEqualTo("stale");
    assertThat(api.with("Varve-Number", "x").get("/api/risks").is(400).problem())
        .isEqualTo("malformed-request");
    assertThat(api.with("Varve-Reason", "%zz").post("/api/risks", RISK).is(400).problem())
        .isEqualTo("malformed-request");
  }

  @Test
  void aReadThatMustKnowOfAWriteToComeIsToldToTryAgain() {
    Answer behind = acme.admin().with("Varve-Number", "999999").get("/api/risks").is(503);
    assertThat(behind.problem()).isEqualTo("read-model-behind");
    assertThat(behind.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aRequestThatIsNoHttpGetsNoPageOfTheServer() throws IOException {
    String answer =
        raw("GET /api/risks?a=<b> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/malformed-request");
    assertThat(answer).doesNotContain("html").doesNotContain("Tomcat");
  }

  @Test
  void everyProblemTypeExplainsItself() {
    for (Fault fault : Fault.values()) {
      Answer type = varve.api().get("/problems/" + fault.code()).is(200);
      assertThat(type.json().path("status").asInt()).isEqualTo(fault.status());
    }
    varve.api().get("/problems/made-up").is(404);
  }

  @Test
  void noBrowserMayDoAnythingWithAnAnswer() {
    Api admin = acme.admin();
    for (Answer answer :
        List.of(
            admin.get("/api/me").is(200),
            admin.get("/api/risks;x=1").is(400),
            varve.api().get("/api/risks").is(401),
            varve.api().get("/openapi.json").is(200))) {
      assertLockedDown(answer);
      assertThat(answer.header("Content-Security-Policy"))
          .isEqualTo("default-src 'none'; frame-ancestors 'none'");
      assertThat(answer.response().headers().allValues("Cache-Control")).hasSize(1);
    }
    assertThat(admin.get("/api/me").header("Cache-Control")).isEqualTo("no-store");
    assertThat(admin.get("/api/risks").header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aPageMayRunScriptsOfThisServerAndNoneInline() {
    Answer page = varve.api().get("/").is(404);
    assertLockedDown(page);
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  private static void assertLockedDown(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Permissions-Policy")).contains("camera=()");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  @Test
  void nothingIsPublishedAboutThisServerThatIsNotItsOwn() {
    varve.api().get("/.well-known/oauth-protected-resource").is(404);
    varve.api().get("/.well-known/oauth-protected-resource/api").is(404);
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsIsCountedAsItComes() throws IOException {
    String request =
        """
        POST /api/auth/login HTTP/1.1
        Host: localhost
        Connection: close
        Content-Type: application/json
        Transfer-Encoding: chunked

        """
            .replace("\n", "\r\n");
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    assertThat(raw(request + chunk.repeat(17) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("/problems/too-large");
    assertThat(raw(request + chunk.repeat(15) + "0\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void theSameKeyAndRequestGiveTheSameAnswerAndOneEvent() {
    Api api = acme.admin().with("Idempotency-Key", "key-1");
    long before = varve.events();
    Answer first = api.post("/api/risks", RISK).is(201);
    Answer second = api.post("/api/risks", RISK).is(201);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.etag()).isEqualTo(first.etag());
    assertThat(second.number()).isEqualTo(first.number());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(varve.events()).isEqualTo(before + 1);
    assertThat(api.post("/api/outcomes", Map.of("title", "other")).is(422).problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(varve.events()).isEqualTo(before + 1);
    assertThat(rival.admin().with("Idempotency-Key", "key-1").post("/api/risks", RISK).is(201).id())
        .isNotEqualTo(first.id());
    assertThat(
            acme.admin().with("Idempotency-Key", "a b").post("/api/risks", RISK).is(400).problem())
        .isEqualTo("malformed-request");
  }

  @Test
  void aRepeatedCreationOfATenantFindsTheFirst() {
    Api api = newcomer.operator().with("Idempotency-Key", "tenant-1");
    var tenant = Map.of("name", "N", "industry", "i", "size", "micro");
    String path = "/api/organizations/" + newcomer.organization() + "/tenants";
    Answer first = api.post(path, tenant).is(201);
    Answer second = api.post(path, tenant).is(201);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void ofManyAtOnceWithTheSameKeyOneIsDone() throws InterruptedException, ExecutionException {
    Api api = acme.admin().with("Idempotency-Key", "key-many");
    long before = varve.events();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers =
          IntStream.range(0, 16)
              .mapToObj(i -> many.submit(() -> api.post("/api/risks", RISK)))
              .toList();
      String id = answers.getFirst().get().is(201).id();
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().is(201).id()).isEqualTo(id);
      }
    }
    assertThat(varve.events()).isEqualTo(before + 1);
  }

  @Test
  void whatBelongsToAnotherTenantIsNotThere() {
    Answer risk = acme.admin().post("/api/risks", RISK).is(201);
    String path = "/api/risks/" + risk.id();
    Api stranger = rival.admin();
    long before = varve.events();
    assertThat(acme.admin().with("Varve-Number", risk.number()).get(path).is(200).id())
        .isEqualTo(risk.id());
    stranger.get(path).is(404);
    stranger.put(path, "*", RISK).is(404);
    stranger.post(path + "/close").is(404);
    Answer linked =
        stranger.post("/api/outcomes", Map.of("title", "x", "risks", List.of(risk.id()))).is(422);
    assertThat(linked.json().at("/errors/0/code").asString()).isEqualTo("no-such-risk");
    String acmeUser = acme.admin().get("/api/me").id();
    stranger.get("/api/users/" + acmeUser).is(404);
    stranger.get("/api/tenants/" + acme.tenant() + "/users/" + acmeUser).is(404);
    stranger.get("/api/tenants/" + acme.tenant()).is(404);
    assertThat(stranger.get("/api/audit?id=" + risk.id()).is(200).json().path("items").size())
        .isZero();
    assertThat(varve.events()).isEqualTo(before);
  }

  @Test
  void anAdministratorReachesItsOwnTenantsOnly() {
    String other =
        newcomer
            .operator()
            .post("/api/organizations", Map.of("name", "Other", "kind", "company"))
            .is(201)
            .id();
    Api master = newcomer.user(other, "other@varve.test", "master_admin");
    long before = varve.wantedEvents();
    master.get("/api/tenants/" + acme.tenant()).is(404);
    master.get("/api/organizations/" + newcomer.organization()).is(404);
    master.get("/api/tenants/" + acme.tenant() + "/users").is(404);
    var tenant = Map.of("name", "N", "industry", "i", "size", "micro");
    master.post("/api/organizations/" + newcomer.organization() + "/tenants", tenant).is(404);
    master.post("/api/organizations", Map.of("name", "Mine", "kind", "company")).is(403);
    master.get("/api/risks").is(403);
    newcomer.operator().get("/api/risks").is(403);
    acme.admin().post("/api/tenants", tenant).is(403);
    var superadmin =
        Map.of(
            "name",
            "E",
            "email",
            "e@varve.test",
            "role",
            "superadmin",
            "password",
            Newcomer.PASSWORD);
    acme.admin().post("/api/users", superadmin).is(422);
    assertThat(varve.wantedEvents()).isEqualTo(before);
  }

  @Test
  void aSlugThatIsTakenIsNamed() {
    var control = Map.of("slug", "once", "title", "T", "status", "planned", "effectiveness", 0);
    acme.admin().post("/api/controls", control).is(201);
    Answer taken = acme.admin().post("/api/controls", control).is(409);
    assertThat(taken.json().at("/errors/0/pointer").asString()).isEqualTo("/slug");
    rival.admin().post("/api/controls", control).is(201);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", varve.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
