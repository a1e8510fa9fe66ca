package io.varve.web.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceId;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.key.KeyChain;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.merkle.Proofs;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import io.varve.postgres.Database;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.seal.Sealer;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What somebody can check who has nothing but answers, and the key that was there first. */
class SealsTest {

  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @AutoClose static final TestVarve varve = TestVarve.start(Map.of("varve.seal.pause", "50ms"));

  private static Newcomer newcomer;
  private static Customer acme;
  private static Customer rival;
  private static NoteKey pinned;

  @BeforeAll
  static void twoCustomers() {
    Api api = varve.api();
    var contract = new Contract(api.get("/openapi.json").is(200).json());
    newcomer =
        new Newcomer(
            api.watchedBy(
                answer -> {
                  if (!answer.path().endsWith("varve-checkpoint")) {
                    contract.check(answer);
                  }
                }));
    acme = newcomer.customer("acme");
    rival = newcomer.customer("rival");
    pinned = await().until(() -> keys(), keys -> !keys.isEmpty()).getFirst();
  }

  @Test
  void everyEventOfATreeOfSomeSizeIsProvedFromItsLeafToTheLog() {
    var random = new Random(3);
    for (int more : new int[] {1, 30, 256, 500}) {
      append(UUID.fromString(acme.tenant()), more);
      long last = last(acme);
      for (int i = 0; i < 8; i++) {
        long number = i == 0 ? last : 1 + random.nextLong(last);
        JsonNode event = event(acme.admin(), number);
        JsonNode proof = sealed(acme.admin(), event.path("eventId").asString());
        assertThat(proof.at("/event/number").asLong()).isEqualTo(number);
        assertThat(proof.at("/event/type")).isEqualTo(event.path("type"));
        verify(proof, acme.tenant());
      }
    }
  }

  @Test
  void aTreeBeginsWithEachTreeThatItOnceWas() {
    Api admin = acme.admin();
    append(UUID.fromString(acme.tenant()), 300);
    sealed(admin, event(admin, last(acme)).path("eventId").asString());
    List<JsonNode> all = checkpoints(admin);
    assertThat(all)
        .hasSizeGreaterThan(1)
        .isSortedAccordingTo(
            (a, b) -> Long.compare(b.path("size").asLong(), a.path("size").asLong()));
    for (JsonNode checkpoint : all) {
      assertThat(admin.get("/api/checkpoints/" + checkpoint.path("size").asLong()).is(200).json())
          .isEqualTo(checkpoint);
      JsonNode proof = consistency(admin, checkpoint, all.getFirst());
      assertThat(proof.path("fromRoot")).isEqualTo(checkpoint.path("root"));
      assertThat(proof.path("toRoot")).isEqualTo(all.getFirst().path("root"));
      verifyConsistency(proof);
    }
    long newest = all.getFirst().path("size").asLong();
    var random = new Random(5);
    for (int i = 0; i < 20; i++) {
      long to = 1 + random.nextLong(newest);
      long from = 1 + random.nextLong(to);
      verifyConsistency(
          admin
              .get("/api/checkpoints/consistency?from=%d&to=%d".formatted(from, to))
              .is(200)
              .json());
    }
  }

  @Test
  void theLogBeginsWithWhatItOnceWasAndEverybodyMayKnowIt() {
    Checkpoint before = log();
    risk(acme);
    await().until(() -> log().size() > before.size());
    Checkpoint after = log();
    JsonNode proof =
        acme.admin()
            .get(
                "/api/platform/checkpoints/consistency?from=%d&to=%d"
                    .formatted(before.size(), after.size()))
            .is(200)
            .json();
    assertThat(proof.path("fromRoot").asString()).isEqualTo(before.root().base64());
    assertThat(proof.path("toRoot").asString()).isEqualTo(after.root().base64());
    verifyConsistency(proof);
  }

  @Test
  void ofAnotherTenantThereIsNothingToBeHad() {
    Api admin = acme.admin();
    String event = event(admin, 1).path("eventId").asString();
    sealed(admin, event);
    assertThat(rival.admin().get("/api/audit/" + event + "/proof").is(404).problem())
        .isEqualTo("not-found");
    risk(rival);
    sealed(rival.admin(), event(rival.admin(), last(rival)).path("eventId").asString());
    for (JsonNode checkpoint : checkpoints(rival.admin())) {
      assertThat(checkpoint.path("note").asString()).contains(rival.tenant());
    }
    String home = "/api/tenants/" + acme.tenant();
    rival.admin().get(home + "/checkpoints").is(404);
    rival.admin().get(home + "/audit/" + event + "/proof").is(404);
    JsonNode above = newcomer.operator().get(home + "/audit/" + event + "/proof").is(200).json();
    verify(above, acme.tenant());
    newcomer.operator().get(home + "/checkpoints").is(200);
  }

  @Test
  void whatCannotBeProvedIsRefused() {
    Api admin = acme.admin();
    sealed(admin, event(admin, 1).path("eventId").asString());
    for (String path : new String[] {"/api/checkpoints", "/api/platform/checkpoints"}) {
      for (String range :
          new String[] {
            "",
            "?from=1",
            "?to=1",
            "?from=0&to=1",
            "?from=2&to=1",
            "?from=-1&to=1",
            "?from=1&to=99999999"
          }) {
        Answer refused = admin.get(path + "/consistency" + range).is(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isIn("/from", "/to");
      }
      for (String range :
          new String[] {"?from=x&to=1", "?from=1&to=1.5", "?from=1&to=9999999999999999999"}) {
        assertThat(admin.get(path + "/consistency" + range).status()).isIn(400, 422);
      }
    }
    for (String size : new String[] {"0", "-1", "99999999", "x", "9999999999999999999"}) {
      admin.get("/api/checkpoints/" + size).is(404);
    }
    admin.get("/api/audit/" + UUID.randomUUID() + "/proof").is(404);
    admin.get("/api/audit/nothing/proof").is(404);
    admin.get("/api/checkpoints?limit=0").is(422);
    admin.get("/api/checkpoints?cursor=forged").is(422);
    String cursor = admin.get("/api/checkpoints?limit=1").is(200).json().path("next").asString();
    rival.admin().get("/api/checkpoints?cursor=" + cursor).is(422);
  }

  @Test
  void whoKnowsTheFirstKeyFollowsEveryRotation() {
    SealKeys.files(varve.folder().secretFile(SealKeys.NAME), Clock.systemUTC()).add();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              risk(acme);
              return keys().size() > 1;
            });
    sealed(acme.admin(), event(acme.admin(), last(acme)).path("eventId").asString());
    JsonNode proof = sealed(acme.admin(), event(acme.admin(), 1).path("eventId").asString());
    verify(proof, acme.tenant());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                StreamSupport.stream(
                        newcomer
                            .operator()
                            .get("/api/audit?type=platform.key-rotated")
                            .is(200)
                            .json()
                            .path("items")
                            .spliterator(),
                        false)
                    .anyMatch(e -> e.at("/payload/ring").asString().equals("seal-key")));
  }

  @Test
  void whatWasSignedIsInTheDataFolderToo() throws IOException {
    Path out = varve.folder().root().resolve("seals");
    String newest = varve.api().get("/.well-known/varve-checkpoint").is(200).response().body();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              try (Stream<Path> files = Files.walk(out.resolve("checkpoints"))) {
                return files.filter(Files::isRegularFile).anyMatch(f -> read(f).equals(newest));
              }
            });
    assertThat(varve.bean(Sealer.class).health().ok()).isTrue();
    assertThat(varve.api().get("/health/seals").is(200).json().path("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void anEventAfterTheLastCheckpointIsSimplyNotSealedYet() {
    try (TestVarve slow = TestVarve.start(Map.of("varve.seal.pause", "1h"))) {
      Api operator = new Newcomer(slow.api()).operator();
      String event = event(operator, 1).path("eventId").asString();
      JsonNode proof = operator.get("/api/audit/" + event + "/proof").is(200).json();
      assertThat(proof.propertyNames()).containsExactly("sealed");
      assertThat(proof.path("sealed").asBoolean()).isFalse();
      operator.get("/api/checkpoints/consistency?from=1&to=1").is(422);
      assertThat(operator.get("/api/checkpoints").is(200).json().path("items").size()).isZero();
    }
  }

  private static void verify(JsonNode proof, String tenant) {
    KeyChain chain = chain();
    String origin = pinned.name() + "/" + tenant;
    byte[] leaf = Base64.getDecoder().decode(proof.path("leafData").asString());
    String note = proof.path("checkpoint").asString();
    NoteKey key = chain.ofNote(proof.at("/log/inclusion/index").asLong()).named(origin);
    included(leaf, proof.path("inclusion"), checkpoint(note, origin, key));
    String log = proof.at("/log/checkpoint").asString();
    included(
        note.getBytes(UTF_8),
        proof.at("/log/inclusion"),
        checkpoint(log, pinned.name(), keyOf(chain, log)));
  }

  private static Checkpoint checkpoint(String text, String origin, NoteKey key) {
    Note note = Note.parse(text.getBytes(UTF_8));
    assertThat(note.isSignedBy(key)).isTrue();
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(checkpoint.origin()).isEqualTo(origin);
    return checkpoint;
  }

  private static void included(byte[] leaf, JsonNode inclusion, Checkpoint checkpoint) {
    Hash hash = Merkle.leaf(leaf);
    assertThat(inclusion.path("leafHash").asString()).isEqualTo(hash.base64());
    assertThat(inclusion.path("treeSize").asLong()).isEqualTo(checkpoint.size());
    assertThat(
            Proofs.verifyInclusion(
                inclusion.path("index").asLong(),
                checkpoint.size(),
                hash,
                hashes(inclusion.path("path")),
                checkpoint.root()))
        .isTrue();
  }

  private static void verifyConsistency(JsonNode proof) {
    assertThat(
            Proofs.verifyConsistency(
                proof.path("from").asLong(),
                Hash.parse(proof.path("fromRoot").asString()),
                proof.path("to").asLong(),
                Hash.parse(proof.path("toRoot").asString()),
                hashes(proof.path("proof"))))
        .isTrue();
  }

  private static List<Hash> hashes(JsonNode path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(hash -> Hash.parse(hash.asString()))
        .toList();
  }

  private static JsonNode consistency(Api api, JsonNode from, JsonNode to) {
    return api.get(
            "/api/checkpoints/consistency?from=%d&to=%d"
                .formatted(from.path("size").asLong(), to.path("size").asLong()))
        .is(200)
        .json();
  }

  private static List<JsonNode> checkpoints(Api api) {
    var all = new ArrayList<JsonNode>();
    String cursor = "";
    do {
      JsonNode page = api.get("/api/checkpoints?limit=3" + cursor).is(200).json();
      page.path("items").forEach(all::add);
      String next = page.path("next").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return all;
  }

  private static JsonNode sealed(Api api, String event) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> api.get("/api/audit/" + event + "/proof").is(200).json(),
            proof -> proof.path("sealed").asBoolean());
  }

  private static JsonNode event(Api api, long number) {
    JsonNode page = api.get("/api/audit?order=oldest-first&limit=200").is(200).json();
    while (page.at("/items/0/number").asLong() + 199 < number) {
      page =
          api.get("/api/audit?order=oldest-first&limit=200&cursor=" + page.path("next").asString())
              .is(200)
              .json();
    }
    return page.path("items").path((int) (number - page.at("/items/0/number").asLong()));
  }

  private static long last(Customer customer) {
    return customer.admin().get("/api/audit?limit=1").is(200).json().at("/items/0/number").asLong();
  }

  private static Checkpoint log() {
    String note = varve.api().get("/.well-known/varve-checkpoint").is(200).response().body();
    return checkpoint(note, pinned.name(), keyOf(chain(), note));
  }

  private static NoteKey keyOf(KeyChain chain, String log) {
    String number = log.lines().skip(3).findFirst().orElseThrow().replace("number ", "");
    return chain.ofCheckpoint(Long.parseLong(number));
  }

  private static KeyChain chain() {
    return KeyChain.follow(
        pinned,
        StreamSupport.stream(published().spliterator(), false)
            .map(key -> Note.parse(key.path("statement").asString().getBytes(UTF_8)))
            .toList());
  }

  private static List<NoteKey> keys() {
    return StreamSupport.stream(published().spliterator(), false)
        .map(key -> NoteKey.parse(key.path("key").asString()))
        .toList();
  }

  private static JsonNode published() {
    return varve.api().get("/.well-known/varve-seal-keys").is(200).json().path("keys");
  }

  private static void risk(Customer customer) {
    customer.admin().post("/api/risks", RISK).is(201);
  }

  private static void append(UUID tenant, int events) {
    var facts = new ArrayList<Fact>();
    for (int i = 0; i < events; i++) {
      var id = new SourceId(UUID.randomUUID());
      facts.add(
          new Fact(
              tenant,
              id.value(),
              0,
              new SourceRegistered(
                  id,
                  "Scanner",
                  Source.Kind.MANUAL,
                  null,
                  null,
                  Source.Auth.NONE,
                  Schedule.DAILY,
                  Config.empty())));
    }
    new TestLedger(varve.bean(Database.class)).append(facts, Instant.now());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
