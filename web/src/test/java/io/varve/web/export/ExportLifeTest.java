package io.varve.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.command.Commands;
import io.varve.evidence.bundle.BundleVerifier;
import io.varve.evidence.bundle.Progress;
import io.varve.evidence.bundle.Verified;
import io.varve.evidence.note.NoteKey;
import io.varve.postgres.Database;
import io.varve.postgres.vault.Vault;
import io.varve.projections.seal.SealKeys;
import io.varve.query.QuerySide;
import io.varve.query.export.BundleMaking;
import io.varve.web.export.ExportJobs.Job;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of exports when nodes die, time passes and people are erased. */
class ExportLifeTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static final SetClock CLOCK = new SetClock(Instant.parse("2031-01-01T00:00:00Z"));

  @AutoClose
  static final TestVarve varve = TestVarve.start(CLOCK, Map.of("varve.seal.pause", "200ms"));

  private static Newcomer newcomer;
  private static Customer acme;

  @TempDir private Path folder;

  /** Each test says itself when there is a node that makes exports. */
  @BeforeAll
  static void nobodyMakesExports() {
    varve.bean(ExportRunner.class).close();
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    newcomer.user(acme.tenant(), "ludmila@varve.test", "tenant_user");
  }

  /** A token is not good for the days that a test lets pass. */
  @BeforeEach
  void signIn() {
    acme =
        new Customer(
            acme.tenant(), newcomer.anybody().signedIn("acme@varve.test", Newcomer.PASSWORD));
  }

  @Test
  void whatADeadNodeHasBegunAnotherMakesFromTheBeginning() throws Exception {
    String id = requested(Map.of("purpose", "survives"));
    var job = new Job(UUID.fromString(acme.tenant()), UUID.fromString(id));
    var dead = new ExportJobs(varve.bean(Database.class));
    assertThat(dead.pending()).contains(job);
    assertThat(dead.take(job)).isTrue();
    BundleFolder bundles = varve.bean(BundleFolder.class);
    Files.writeString(bundles.begin(job.tenant(), job.id(), dead.node()), "half a bun");
    var other = new ExportJobs(varve.bean(Database.class));
    assertThat(other.pending()).doesNotContain(job);
    assertThat(other.take(job)).isFalse();
    assertThat(other.renew(job, new ExportJobs.Progress(1, 2))).isFalse();
    varve.sql("update ops.export_job set until = '-infinity' returning 1");
    assertThat(varve.bean(ExportJobs.class).pending()).contains(job);

    try (ExportRunner runner = runner()) {
      runner.start();
      completed(id);
    }
    assertThat(dead.renew(job, new ExportJobs.Progress(1, 2))).isFalse();
    assertThat(verify(id).folds()).isTrue();
    try (Stream<Path> files = Files.list(bundles.root().resolve(acme.tenant()))) {
      assertThat(files.map(Path::toString).filter(name -> name.contains(id)))
          .singleElement()
          .asString()
          .endsWith(".zip");
    }
  }

  @Test
  void whatIsCancelledIsNotMade() {
    String id = requested(Map.of("purpose", "never mind"));
    await().atMost(LONG).until(() -> acme.admin().get("/api/exports/" + id).status() == 200);
    assertThat(acme.admin().get("/api/exports/%s/bundle".formatted(id)).is(409).problem())
        .isEqualTo("export-without-bundle");
    acme.admin().post("/api/exports/" + id + "/cancel").is(200);

    assertThat(varve.bean(ExportJobs.class).pending())
        .extracting(Job::id)
        .doesNotContain(UUID.fromString(id));
    await().atMost(LONG).until(() -> status(acme.admin(), id).equals("cancelled"));
  }

  @Test
  void whoeverIsErasedIsToldOfNoMore() throws Exception {
    UUID person =
        UUID.fromString(
            acme.admin()
                .get("/api/users")
                .is(200)
                .json()
                .path("items")
                .valueStream()
                .filter(user -> user.path("email").asString().equals("ludmila@varve.test"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString());
    String id = requested(Map.of("purpose", "opened", "personal", "opened"));
    try (ExportRunner runner = runner()) {
      runner.start();
      completed(id);
    }
    byte[] before = acme.admin().bytes("/api/exports/" + id + "/bundle").body();
    assertThat(text(before)).contains("\"text\":\"ludmila@varve.test\"");
    UUID tenant = UUID.fromString(acme.tenant());
    assertThat(varve.bean(ToldTexts.class).count(tenant, person)).isEqualTo(1);
    varve.bean(Vault.class).erase(tenant, person);
    assertThat(varve.bean(ToldTexts.class).forget(tenant, person)).isEqualTo(1);

    JsonNode export =
        await()
            .atMost(LONG)
            .until(
                () -> acme.admin().get("/api/exports/" + id).is(200).json(),
                shown -> !shown.path("withheld").isEmpty());
    assertThat(export.at("/withheld/0").asString()).isEqualTo(person.toString());
    byte[] after = acme.admin().bytes("/api/exports/" + id + "/bundle").body();
    assertThat(text(after))
        .doesNotContain("ludmila@varve.test")
        .contains("\"text\":\"acme@varve.test\"");
    Verified verified = verify(id);
    assertThat(verified.manifest().personal().withheld()).containsExactly(person);
    assertThat(verified.manifest().personal().erased()).isPositive();
    assertThat(varve.bean(ToldTexts.class).forget(tenant, person)).isZero();
  }

  @Test
  void aBundleGoesWhenItsTimeIsOverUnlessItsHoldStands() {
    String hold =
        acme.admin()
            .post(
                "/api/holds",
                Map.of(
                    "matter", "2031-CV-1",
                    "reason", "subpoena",
                    "scope", Map.of("streams", List.of("user"))))
            .is(201)
            .id();
    String kept = requested(Map.of("purpose", "court", "scope", Map.of("hold", hold)));
    String gone = requested(Map.of("purpose", "once"));
    try (ExportRunner runner = runner()) {
      runner.start();
      completed(kept);
      completed(gone);
    }
    CLOCK.advance(Duration.ofDays(29));
    varve.bean(ExportExpiry.class).expire();
    Api later = newcomer.anybody().signedIn("acme@varve.test", Newcomer.PASSWORD);
    assertThat(status(later, gone)).isEqualTo("completed");
    CLOCK.advance(Duration.ofDays(2));
    varve.bean(ExportExpiry.class).expire();
    Api admin = newcomer.anybody().signedIn("acme@varve.test", Newcomer.PASSWORD);

    await().atMost(LONG).until(() -> status(admin, gone).equals("expired"));
    assertThat(admin.get("/api/exports/%s/bundle".formatted(gone)).is(410).problem())
        .isEqualTo("gone");
    assertThat(status(admin, kept)).isEqualTo("completed");
    assertThat(admin.bytes("/api/exports/%s/bundle".formatted(kept)).statusCode()).isEqualTo(200);
  }

  private static ExportRunner runner() {
    return new ExportRunner(
        varve.bean(Database.class),
        varve.bean(BundleMaking.class),
        varve.bean(SealKeys.class)::signer,
        varve.bean(QuerySide.class).readYourWrites(),
        varve.bean(Commands.class),
        varve.bean(ExportJobs.class),
        varve.bean(BundleFolder.class));
  }

  private static String requested(Map<String, Object> body) {
    return acme.admin().post("/api/exports", body).is(201).id();
  }

  private static String status(Api api, String id) {
    return api.get("/api/exports/" + id).is(200).json().path("status").asString();
  }

  private static void completed(String id) {
    await().atMost(LONG).until(() -> status(acme.admin(), id).equals("completed"));
  }

  private Verified verify(String id) throws Exception {
    byte[] bytes = acme.admin().bytes("/api/exports/%s/bundle".formatted(id)).body();
    Path file = Files.write(folder.resolve(id + ".zip"), bytes);
    NoteKey key =
        NoteKey.parse(varve.sql("select key from ledger.seal_key order by version limit 1"));
    return new BundleVerifier(key, UUID.fromString(acme.tenant())).verify(file, Progress.NONE);
  }

  private static String text(byte[] bundle) {
    return new String(bundle, StandardCharsets.UTF_8);
  }
}
