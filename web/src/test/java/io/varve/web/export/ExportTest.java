package io.varve.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.evidence.bundle.BadBundleException;
import io.varve.evidence.bundle.BundleVerifier;
import io.varve.evidence.bundle.Progress;
import io.varve.evidence.bundle.Verified;
import io.varve.evidence.note.NoteKey;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExportTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @AutoClose static final TestVarve varve = TestVarve.start(Map.of("varve.seal.pause", "200ms"));

  private static Newcomer newcomer;
  private static Customer acme;
  private static Customer rival;

  @TempDir private Path folder;

  @BeforeAll
  static void twoCustomers() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    rival = newcomer.customer("rival");
    risk(acme, "fire");
    risk(acme, "=flood");
    risk(rival, "secret plans");
  }

  @Test
  void aWholeTenantsBundleIsProvenCompleteAndFoldedByTheKeyAlone() throws Exception {
    String id = requested(acme, Map.of("purpose", "audit of 2026"));
    JsonNode export = completed(acme, id);
    Verified verified = verify(acme, id);

    assertThat(verified.manifest().complete()).isTrue();
    assertThat(verified.manifest().tenant()).hasToString(acme.tenant());
    assertThat(verified.manifest().purpose()).isEqualTo("audit of 2026");
    assertThat(verified.manifest().events()).isEqualTo(export.at("/bundle/events").longValue());
    assertThat(verified.manifest().personal().opened()).isNull();
    byte[] bundle = fetch(acme, id).body();
    assertThat(new String(bundle, StandardCharsets.UTF_8))
        .contains("=flood", "personal:1:")
        .doesNotContain("secret plans", "acme@varve.test");
  }

  @Test
  void aSearchIsProvenInPartAndTellsWhatItWasAskedToTell() throws Exception {
    String id =
        requested(
            acme,
            Map.of(
                "purpose", "who is who",
                "scope", Map.of("search", Map.of("stream", "user")),
                "personal", "opened"));
    completed(acme, id);
    Verified verified = verify(acme, id);

    assertThat(verified.manifest().complete()).isFalse();
    assertThat(verified.leftOut()).isPositive();
    assertThat(verified.manifest().personal().opened()).isPositive();
    assertThat(verified.manifest().scope().at("/search/stream").stringValue()).isEqualTo("user");
    assertThat(new String(fetch(acme, id).body(), StandardCharsets.UTF_8))
        .contains("\"text\":\"acme@varve.test\"");
  }

  @Test
  void aHoldsScopeIsExportedUntilTheHoldIsGone() throws Exception {
    String hold =
        acme.admin()
            .post(
                "/api/holds",
                Map.of(
                    "matter", "2026-CV-1",
                    "reason", "subpoena",
                    "scope", Map.of("streams", List.of("risk"))))
            .is(201)
            .id();
    String id = requested(acme, Map.of("purpose", "court", "scope", Map.of("hold", hold)));
    completed(acme, id);

    assertThat(verify(acme, id).manifest().streams()).isEqualTo(2);
    assertThat(
            rival
                .admin()
                .post("/api/exports", Map.of("purpose", "theirs", "scope", Map.of("hold", hold)))
                .is(422)
                .json()
                .at("/errors/0/pointer")
                .stringValue())
        .isEqualTo("/scope/hold");
  }

  @Test
  void everyStepIsInTheTrail() throws Exception {
    String id = requested(acme, Map.of("purpose", "custody"));
    completed(acme, id);
    fetch(acme, id);
    HttpResponse<byte[]> part = fetch(acme, id, "Range", "bytes=10-19");
    assertThat(part.statusCode()).isEqualTo(206);
    JsonNode trail =
        acme.admin().get("/api/audit?id=%s&order=oldest-first".formatted(id)).is(200).json();

    assertThat(trail.at("/items").valueStream().map(e -> e.get("type").stringValue()))
        .containsExactly(
            "export.requested", "export.completed", "export.downloaded", "export.downloaded");
    assertThat(trail.at("/items/3/payload/first").longValue()).isEqualTo(10);
    assertThat(trail.at("/items/3/payload/last").longValue()).isEqualTo(19);
    assertThat(trail.at("/items/3/actor/kind").stringValue()).isEqualTo("user");
  }

  @Test
  void aDownloadThatBrokeOffIsResumed() throws Exception {
    String id = requested(acme, Map.of("purpose", "resume"));
    completed(acme, id);
    HttpResponse<byte[]> whole = fetch(acme, id);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    byte[] bytes = whole.body();

    assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
    assertThat(whole.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"varve-%s.zip\"".formatted(id));
    HttpResponse<byte[]> rest = fetch(acme, id, "Range", "bytes=100-", "If-Range", tag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().firstValue("Content-Range"))
        .contains("bytes 100-%d/%d".formatted(bytes.length - 1, bytes.length));
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, bytes.length));
    assertThat(fetch(acme, id, "Range", "bytes=-7").body()).hasSize(7);
    assertThat(fetch(acme, id, "Range", "bytes=100-", "If-Range", "\"other\"").body())
        .isEqualTo(bytes);
    assertThat(fetch(acme, id, "Range", "bytes=0-1,5-6").body()).isEqualTo(bytes);
    assertThat(fetch(acme, id, "Range", "bytes=%d-".formatted(bytes.length)).statusCode())
        .isEqualTo(416);
  }

  @Test
  void nobodyElseSeesOrFetchesIt() throws Exception {
    String id = requested(acme, Map.of("purpose", "ours"));
    completed(acme, id);

    rival.admin().get("/api/exports/" + id).is(404);
    rival.admin().post("/api/exports/" + id + "/cancel").is(404);
    assertThat(fetch(rival, id).statusCode()).isEqualTo(404);
    assertThat(rival.admin().get("/api/exports").is(200).json().get("items")).isEmpty();
    Api plain = newcomer.user(acme.tenant(), "plain@varve.test", "tenant_user");
    plain.get("/api/exports").is(403);
    plain.post("/api/exports", Map.of("purpose", "mine")).is(403);
    varve.api().get("/api/exports/" + id + "/bundle").is(401);
  }

  @Test
  void whatWouldBeEmptyOrMakesNoSenseIsRefusedAndNothingIsWritten() {
    long before = varve.wantedEvents();
    refused(422, "export-empty", Map.of("search", Map.of("id", UUID.randomUUID().toString())));
    refused(422, "export-empty", Map.of("search", Map.of("id", rival.tenant())));
    refused(422, "export-empty", Map.of("search", Map.of("text", "secret plans")));
    refused(422, "invalid", Map.of("search", Map.of("from", "2999-01-01T00:00:00Z")));
    refused(
        422,
        "invalid",
        Map.of("search", Map.of("from", "2026-02-01T00:00:00Z", "to", "2026-01-01T00:00:00Z")));
    refused(422, "invalid", Map.of("search", Map.of("stream", "nonsense")));
    refused(422, "invalid", Map.of("search", Map.of("type", "risk.nonsense")));
    refused(422, "invalid", Map.of("hold", UUID.randomUUID().toString()));
    acme.admin().post("/api/exports", Map.of("purpose", " ")).is(422);

    assertThat(varve.wantedEvents()).isEqualTo(before);
  }

  @Test
  void whatIsDecidedIsNotCancelled() {
    String id = requested(acme, Map.of("purpose", "too late"));
    completed(acme, id);
    Answer answer = acme.admin().post("/api/exports/" + id + "/cancel").is(409);
    assertThat(answer.problem()).isEqualTo("export-decided");
  }

  @Test
  void aBundleThatWasChangedOnTheDiskIsFoundOut() throws Exception {
    String id = requested(acme, Map.of("purpose", "tampered"));
    completed(acme, id);
    byte[] bytes = fetch(acme, id).body();
    bytes[bytes.length / 3] ^= 1;
    Path file = Files.write(folder.resolve("bad.zip"), bytes);

    assertThatThrownBy(() -> verifier().verify(file, Progress.NONE))
        .isInstanceOf(BadBundleException.class);
  }

  private static void refused(int status, String code, Map<String, Object> scope) {
    Answer answer =
        acme.admin().post("/api/exports", Map.of("purpose", "p", "scope", scope)).is(status);
    assertThat(answer.problem()).isEqualTo(code);
  }

  static void risk(Customer customer, String title) {
    customer
        .admin()
        .post(
            "/api/risks",
            Map.of(
                "title",
                title,
                "category",
                "c",
                "likelihood",
                1,
                "impact",
                1,
                "treatment",
                "accept"))
        .is(201);
  }

  private static String requested(Customer customer, Map<String, Object> body) {
    return customer.admin().post("/api/exports", body).is(201).id();
  }

  private static JsonNode completed(Customer customer, String id) {
    return await()
        .atMost(LONG)
        .until(
            () -> customer.admin().get("/api/exports/" + id).is(200).json(),
            export -> export.get("status").stringValue().equals("completed"));
  }

  private Verified verify(Customer customer, String id) throws Exception {
    Path file = Files.write(folder.resolve(id + ".zip"), fetch(customer, id).body());
    return verifier().verify(file, Progress.NONE);
  }

  private static BundleVerifier verifier() {
    return new BundleVerifier(
        NoteKey.parse(varve.sql("select key from ledger.seal_key order by version limit 1")), null);
  }

  private static HttpResponse<byte[]> fetch(Customer customer, String id, String... headers) {
    Api api = customer.admin();
    for (int i = 0; i < headers.length; i += 2) {
      api = api.with(headers[i], headers[i + 1]);
    }
    return api.bytes("/api/exports/" + id + "/bundle");
  }
}
