package io.varve.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AuditStreamTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @AutoClose
  private final TestVarve varve =
      TestVarve.start(Map.of("varve.audit.streams", "2", "varve.audit.heartbeat", "300ms"));

  private Newcomer newcomer;
  private Customer acme;
  private String token;

  @BeforeEach
  void aTenant() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    token = token("acme@varve.test");
  }

  @Test
  void whatHappensIsSentOnceAndInOrderAcrossReconnects() throws Exception {
    var numbers = new ArrayList<Long>();
    String last = null;
    long first = head() + 1;
    for (int round = 0; round < 4; round++) {
      try (EventStream stream = stream("", last)) {
        assertThat(stream.status()).isEqualTo(200);
        await().atMost(SOON).until(() -> stream.comments() > 0);
        for (int i = 0; i < 3; i++) {
          risk("Streamed " + round + i);
        }
        long head = head();
        await().atMost(SOON).until(() -> stream.lastId().equals(Long.toString(head)));
        numbers.addAll(stream.numbers());
        last = stream.lastId();
      }
      risk("While nobody listened " + round);
    }
    try (EventStream stream = stream("", last)) {
      long head = head();
      await().atMost(SOON).until(() -> stream.numbers().contains(head));
      numbers.addAll(stream.numbers());
      assertThat(stream.events().getLast().path("sentence").asString())
          .isEqualTo("acme@varve.test identified the risk “While nobody listened 3”.");
    }
    assertThat(numbers)
        .containsExactlyElementsOf(LongStream.rangeClosed(first, head()).boxed().toList());
  }

  @Test
  void onlyWhatIsWantedIsSentAndTheRestIsPassedOver() throws Exception {
    try (EventStream closed = stream("?type=risk.closed", "0");
        EventStream word = stream("?text=pharmacy&stream=risk", "0")) {
      String id = risk("The pharmacy robot");
      risk("Another");
      acme.admin().with("If-Match", "*").post("/api/risks/" + id + "/close").is(200);
      long head = head();
      await().atMost(SOON).until(() -> closed.lastId().equals(Long.toString(head)));
      await().atMost(SOON).until(() -> word.lastId().equals(Long.toString(head)));
      assertThat(closed.events())
          .extracting(event -> event.path("type").asString())
          .containsExactly("risk.closed");
      assertThat(word.events())
          .extracting(event -> event.path("id").asString())
          .containsExactly(id);
    }
  }

  @Test
  void anotherTenantsEventsAreNeverSent() throws Exception {
    Customer rival = newcomer.customer("rival");
    try (EventStream stream = stream("", "0")) {
      rival.admin().post("/api/risks", body("Theirs")).is(201);
      risk("Ours");
      long head = head();
      await().atMost(SOON).until(() -> stream.lastId().equals(Long.toString(head)));
      assertThat(stream.numbers())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, head).boxed().toList());
      assertThat(stream.events().toString()).contains("Ours").doesNotContain("Theirs");
    }
  }

  @Test
  void aPersonHasFewStreamsOverAllNodesAndASlotIsFreeOnceItsStreamHasEnded() throws Exception {
    try (TestVarve another = varve.another();
        EventStream here = stream("", null);
        EventStream there = new EventStream(url(another, ""), token, null)) {
      assertThat(List.of(here.status(), there.status())).containsOnly(200);
      Api.Answer refused = varve.api().as(token).get("/api/audit/stream").is(429);
      assertThat(refused.problem()).isEqualTo("too-many-streams");
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      newcomer
          .user(acme.tenant(), "other@varve.test", "tenant_admin")
          .get("/api/audit/stream")
          .is(200);
      here.leave();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                try (EventStream again = stream("", null)) {
                  return again.status() == 200;
                }
              });
    }
  }

  @Test
  void aStreamEndsSoonAfterTheRightToIt() throws Exception {
    Api admin = newcomer.user(acme.tenant(), "leaves@varve.test", "tenant_admin");
    String leaving = token("leaves@varve.test");
    String id = admin.get("/api/me").is(200).id();
    try (EventStream stream = new EventStream(url(varve, ""), leaving, null)) {
      await().atMost(SOON).until(() -> stream.comments() > 0);
      assertThat(stream.hasEnded()).isFalse();
      acme.admin().with("If-Match", "*").post("/api/users/" + id + "/disable").is(200);
      await().atMost(SOON).until(stream::hasEnded);
    }
  }

  @Test
  void aBadFilterOrPlaceIsRefusedBeforeAnythingIsSent() {
    Api admin = acme.admin();
    assertThat(admin.get("/api/audit/stream?path=likelihood").is(422).problem())
        .isEqualTo("invalid");
    admin.get("/api/audit/stream?actor=me").is(400);
    admin.with("Last-Event-ID", "x").get("/api/audit/stream").is(400);
    admin.with("Last-Event-ID", "-1").get("/api/audit/stream").is(400);
    admin.with("Accept", "application/json").get("/api/audit/stream").is(406);
  }

  @Test
  void aNodeThatStopsDoesNotWaitForItsStreams() throws Exception {
    try (TestVarve another = varve.another();
        EventStream stream = new EventStream(url(another, ""), token, null)) {
      await().atMost(SOON).until(() -> stream.comments() > 0);
      another.bean(AuditStreams.class).stop();
      await().atMost(SOON).until(stream::hasEnded);
    }
  }

  private EventStream stream(String query, @Nullable String lastEventId) throws Exception {
    return new EventStream(url(varve, query), token, lastEventId);
  }

  private static String url(TestVarve node, String query) {
    return "http://localhost:" + node.port() + "/api/audit/stream" + query;
  }

  private String token(String email) {
    return varve
        .api()
        .post("/api/auth/login", Map.of("email", email, "password", Newcomer.PASSWORD))
        .is(200)
        .json()
        .path("accessToken")
        .asString();
  }

  private long head() {
    return acme.admin().get("/api/audit?limit=1").is(200).json().at("/items/0/number").asLong();
  }

  private String risk(String title) {
    return acme.admin().post("/api/risks", body(title)).is(201).id();
  }

  private static Map<String, Object> body(String title) {
    return Map.of(
        "title",
        title,
        "category",
        "operations",
        "likelihood",
        4,
        "impact",
        5,
        "treatment",
        "mitigate");
  }
}
