package io.varve.web.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.TestVarve;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlImportHttpTest {

  private static final String IMPORT = "/api/controls/import";
  private static final String PASSWORD = "correct horse battery";
  private static final String CATALOG =
      """
      {"catalog": {"metadata": {"title": "House rules", "oscal-version": "1.1.2"},
       "controls": [{"id": "h-1", "title": "%s"}, {"id": "h-2", "title": ""}]}}
      """;

  @AutoClose static final TestVarve varve = TestVarve.start();
  private static Api operator;
  private static String organization;

  private final String name = "t" + System.nanoTime();
  private final String tenant = tenant();
  private final Api admin = user("tenant_admin");

  @BeforeAll
  static void anOperator() {
    Map<String, String> ada =
        Map.of("name", "Ada", "email", "ada@varve.test", "password", PASSWORD);
    varve.api().post("/api/auth/setup", ada).is(201);
    operator = varve.api().signedIn("ada@varve.test", PASSWORD);
    organization =
        operator.post("/api/organizations", Map.of("name", "Acme", "kind", "company")).is(201).id();
  }

  private String tenant() {
    return operator
        .post(
            "/api/organizations/" + organization + "/tenants",
            Map.of("name", name, "industry", "retail", "size", "small"))
        .is(201)
        .id();
  }

  private Api user(String role) {
    String email = role + "." + name + "@varve.test";
    operator
        .post(
            "/api/tenants/" + tenant + "/users",
            Map.of("name", role, "email", email, "role", role, "password", PASSWORD))
        .is(201);
    return varve.api().signedIn(email, PASSWORD);
  }

  private static String counts(Answer answer) {
    JsonNode json = answer.is(200).json();
    return Stream.of("created", "changed", "unchanged", "refused")
        .map(count -> json.path(count).asInt() + " " + count)
        .reduce((one, other) -> one + ", " + other)
        .orElseThrow();
  }

  private static String error(Answer answer) {
    JsonNode first = answer.json().path("errors").path(0);
    return first.path("pointer").asString("") + " " + first.path("code").asString("");
  }

  @Test
  void aBaselineIsImportedOnce() throws IOException {
    String moderate =
        real("NIST_SP-800-53_rev5_MODERATE-baseline-resolved-profile_catalog-min.json");
    Answer answer = admin.send("POST", IMPORT, moderate);
    assertThat(counts(answer)).isEqualTo("287 created, 0 changed, 0 unchanged, 0 refused");
    assertThat(answer.header("Varve-Number")).isNotNull();
    assertThat(
            varve.sql(
                "select payload ->> 'framework' from ledger.event where tenant_id = '"
                    + tenant
                    + "' and payload ->> 'slug' = 'ac_2_3'"))
        .isEqualTo("nist-800-53r5:ac-2.3");
    Answer again = admin.send("POST", IMPORT, moderate);
    assertThat(counts(again)).isEqualTo("0 created, 0 changed, 287 unchanged, 0 refused");
    assertThat(again.header("Varve-Number")).isNull();
    String low = real("NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json");
    assertThat(counts(admin.send("POST", IMPORT, low)))
        .isEqualTo("0 created, 0 changed, 149 unchanged, 0 refused");
  }

  /** A catalog of {@code shared/data/oscal}, which lies beside the repository, if it does. */
  private static String real(String file) throws IOException {
    Path folder = Path.of("shared", "data", "oscal");
    Path found =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(above -> above.resolve(folder).resolve(file))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeTrue(found != null, "needs " + folder.resolve(file) + " beside the repository");
    return Files.readString(Objects.requireNonNull(found));
  }

  @Test
  void eachRefusalSaysWhichControlAndWhy() {
    Answer answer = admin.send("POST", IMPORT + "?framework=own", CATALOG.formatted("Lock up"));
    assertThat(counts(answer)).isEqualTo("1 created, 0 changed, 0 unchanged, 1 refused");
    JsonNode refusal = answer.json().path("refusals").path(0);
    assertThat(refusal.path("id").asString()).isEqualTo("h-2");
    assertThat(refusal.path("pointer").asString()).isEqualTo("/catalog/controls/1/title");
    assertThat(refusal.path("code").asString()).isEqualTo("blank");
    assertThat(
            varve.sql(
                "select provenance ->> 'via' from ledger.event where tenant_id = '%s' and stream = 'control'"
                    .formatted(tenant)))
        .isEqualTo("import");
  }

  @Test
  void aKeyStandsForTheBodyToo() {
    Api keyed = admin.with("Idempotency-Key", "k");
    String catalog = CATALOG.formatted("Lock up");
    String first = keyed.send("POST", IMPORT, catalog).is(200).response().body();
    Answer again = keyed.send("POST", IMPORT, catalog).is(200);
    assertThat(again.response().body()).isEqualTo(first);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    Answer other = keyed.send("POST", IMPORT, CATALOG.formatted("Open up")).is(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void whatIsNoCatalogWritesNothing() {
    Api reader = user("tenant_user");
    long before = varve.wantedEvents();
    assertThat(admin.send("POST", IMPORT, "{\"catalog\": {").is(400).problem())
        .isEqualTo("malformed-json");
    Answer shape = admin.send("POST", IMPORT, "{\"catalog\": {\"groups\": 5}}").is(400);
    assertThat(shape.problem()).isEqualTo("wrong-shape");
    assertThat(error(shape)).isEqualTo("/catalog/groups wrong-type");
    Answer missing = admin.send("POST", IMPORT, "{\"catalog\": {}}").is(422);
    assertThat(error(missing)).isEqualTo("/catalog/metadata/title required");
    Answer deep =
        admin.send("POST", IMPORT, "{\"catalog\": {\"a\": " + "[".repeat(100_000)).is(400);
    assertThat(deep.problem()).isEqualTo("malformed-json");
    Answer framework =
        admin.send("POST", IMPORT + "?framework=No%20Name", CATALOG.formatted("x")).is(422);
    assertThat(error(framework)).isEqualTo("/framework malformed");
    admin.with("If-Match", "\"3\"").send("POST", IMPORT, CATALOG.formatted("x")).is(412);
    admin.with("Content-Type", "text/plain").send("POST", IMPORT, CATALOG.formatted("x")).is(415);
    reader.send("POST", IMPORT, CATALOG.formatted("x")).is(403);
    varve.api().send("POST", IMPORT, CATALOG.formatted("x")).is(401);
    assertThat(
            varve.sql(
                "select count(*) from ledger.event where stream = 'control' and tenant_id = '%s'"
                    .formatted(tenant)))
        .isEqualTo("0");
    assertThat(varve.wantedEvents()).isEqualTo(before);
  }

  @Test
  void moreThan16MebibytesAreRefusedWhetherAnnouncedOrNot() throws Exception {
    String padded = "{\"catalog\": {\"x\": \"" + "y".repeat(17 << 20);
    assertThat(admin.send("POST", IMPORT, padded).is(413).problem()).isEqualTo("too-large");
    String token =
        varve
            .api()
            .post(
                "/api/auth/login",
                Map.of("email", "tenant_admin." + name + "@varve.test", "password", PASSWORD))
            .json()
            .path("accessToken")
            .asString();
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"catalog\": {\"x\": \"".getBytes(StandardCharsets.UTF_8)),
            new ByteArrayInputStream("y".repeat(17 << 20).getBytes(StandardCharsets.UTF_8)));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + varve.port() + IMPORT))
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + token)
                  .POST(BodyPublishers.ofInputStream(() -> endless))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
    }
  }
}
