package io.varve.web.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Pepper;
import io.varve.web.auth.SigningKeys;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a running Varve does when another process adds a version of a key. */
class KeyRotationTest {

  @AutoClose static final TestVarve varve = TestVarve.start();
  private static Api operator;

  @BeforeAll
  static void anOperatorSignsIn() {
    operator = new Newcomer(varve.api()).operator();
  }

  @Test
  void aNewSigningKeyIsTakenIntoUseAndTheOldOneStaysGood() throws Exception {
    String old = login();
    JsonNode one = keySet().path(0);
    SigningKeys.files(secret(SigningKeys.NAME), InstantSource.system()).add();
    await().atMost(10, SECONDS).until(() -> keySet().size() == 2);
    await().atMost(10, SECONDS).until(() -> !keyOf(login()).equals(keyOf(old)));
    String anew = login();
    assertThat(kids()).containsExactly(keyOf(old), keyOf(anew));
    assertThat(keySet().path(0)).isEqualTo(one);
    varve.api().as(old).get("/api/me").is(200);
    varve.api().as(anew).get("/api/me").is(200);
    awaitWrittenDown("tokens");
  }

  @Test
  void theKeySetHoldsPublicPartsUnderTheirThumbprints() throws Exception {
    Api.Answer answer = varve.api().get("/.well-known/jwks.json").is(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("max-age=60, public");
    for (JsonNode key : answer.json().path("keys")) {
      assertThat(key.propertyNames())
          .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
      String canonical =
          "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
              .formatted(key.path("e").asString(), key.path("n").asString());
      byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8));
      assertThat(key.path("kid").asString())
          .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint));
    }
  }

  @Test
  void underANewKeyEncryptionKeyAllIsWrappedAnewAndTheOldOneCanBeDeleted() throws Exception {
    KeyFile.files(secret(KeyFile.NAME)).add();
    await()
        .atMost(10, SECONDS)
        .until(() -> varve.sql("select min(kek_version) from ops.tenant_key").equals("2"));
    awaitWrittenDown("key-encryption-key");
    Files.delete(secret(KeyFile.NAME));
    assertThat(operator.get("/api/me").is(200).json().path("email").asString())
        .isEqualTo("ada@varve.test");
    login();
  }

  @Test
  void aNewPepperIsWrittenDown() {
    Pepper.files(secret(Pepper.NAME)).add();
    awaitWrittenDown("api-keys");
    assertThat(varve.bean(Pepper.class).hash("secret").version()).isEqualTo(2);
  }

  /** By Varve itself, and without anything of the key. */
  private static void awaitWrittenDown(String ring) {
    await().atMost(10, SECONDS).until(() -> !rotations(ring).isEmpty());
    JsonNode entry = rotations(ring).getFirst();
    assertThat(rotations(ring)).hasSize(1);
    assertThat(entry.at("/actor/kind").asString()).isEqualTo("system");
    assertThat(entry.at("/payload/version").asInt()).isEqualTo(2);
    assertThat(entry.path("payload").propertyNames()).containsExactly("ring", "version");
  }

  private static List<JsonNode> rotations(String ring) {
    JsonNode items =
        operator.get("/api/audit?type=platform.key-rotated").is(200).json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(entry -> entry.at("/payload/ring").asString().equals(ring))
        .toList();
  }

  private static String login() {
    return varve
        .api()
        .post("/api/auth/login", Map.of("email", "ada@varve.test", "password", Newcomer.PASSWORD))
        .is(200)
        .json()
        .path("accessToken")
        .asString();
  }

  private static String keyOf(String token) throws Exception {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private static List<String> kids() {
    return StreamSupport.stream(keySet().spliterator(), false)
        .map(key -> key.path("kid").asString())
        .toList();
  }

  private static JsonNode keySet() {
    return varve.api().get("/.well-known/jwks.json").is(200).json().path("keys");
  }

  private static Path secret(String name) {
    return varve.folder().secretFile(name);
  }
}
