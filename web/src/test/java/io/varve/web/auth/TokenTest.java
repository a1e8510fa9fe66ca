package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.varve.postgres.cluster.ClusterException;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

  @AutoClose static final TestVarve varve = TestVarve.start();
  private static String token;
  private static RSAKey key;

  @BeforeAll
  static void anOperatorSignsIn() {
    Api api = varve.api();
    new Newcomer(api);
    token =
        api.post(
                "/api/auth/login", Map.of("email", "ada@varve.test", "password", Newcomer.PASSWORD))
            .is(200)
            .json()
            .path("accessToken")
            .asString();
    key = SigningKey.at(varve.folder().secretFile(SigningKey.FILE));
  }

  @Test
  void aTokenIsSignedWithOurKeyForAQuarterOfAnHour() throws ParseException {
    SignedJWT jwt = SignedJWT.parse(token);
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
    assertThat(key.size()).isEqualTo(3072);
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(claims.getStringClaim(Tokens.ROLE)).isEqualTo("superadmin");
    varve.api().as(token).get("/api/me").is(200);
  }

  @Test
  void aTokenThatWasTamperedWithIsRefused() {
    String[] parts = token.split("\\.");
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
            .replace("superadmin", "tenant_admin");
    refused(parts[0] + "." + encoded(claims) + "." + parts[2]);
    refused(parts[0] + "." + parts[1] + ".");
    refused(parts[0] + "." + parts[1]);
    refused("x");
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    String claims = token.split("\\.")[1];
    refused(encoded("{\"alg\":\"none\"}") + "." + claims + ".");
    refused(encoded("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + claims + ".x");
  }

  @Test
  void aTokenSignedByOthersIsRefused(@TempDir Path folder)
      throws JOSEException, ParseException, IOException {
    RSAKey other = SigningKey.at(folder.resolve("other"));
    refused(signed(JWSAlgorithm.RS256, new RSASSASigner(other), claims(Instant.now())));
    // The public key as if it were a shared secret.
    byte[] known = key.toRSAPublicKey().getEncoded();
    refused(signed(JWSAlgorithm.HS256, new MACSigner(known), claims(Instant.now())));
    refused(signed(JWSAlgorithm.RS512, new RSASSASigner(key), claims(Instant.now())));
    assertThat(Files.exists(folder.resolve("other"))).isTrue();
  }

  @Test
  void aTokenThatHasExpiredOrIsNotForUsIsRefused() throws JOSEException, ParseException {
    var signer = new RSASSASigner(key);
    varve
        .api()
        .as(signed(JWSAlgorithm.RS256, signer, claims(Instant.now())))
        .get("/api/me")
        .is(200);
    Instant past = Instant.now().minus(Duration.ofMinutes(16));
    refused(signed(JWSAlgorithm.RS256, signer, claims(past)));
    JWTClaimsSet elsewhere =
        new JWTClaimsSet.Builder(claims(Instant.now())).issuer("elsewhere").build();
    refused(signed(JWSAlgorithm.RS256, signer, elsewhere));
  }

  @Test
  void aKeyThatOthersMayReadIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("key");
    SigningKey.at(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SigningKey.at(file)).isInstanceOf(ClusterException.class);
  }

  @Test
  void whoGuessesLearnsNothing() {
    Api api = varve.api();
    var wrong = Map.of("email", "ada@varve.test", "password", "wrong horse battery");
    var unknown = Map.of("email", "nobody@varve.test", "password", Newcomer.PASSWORD);
    var tooLong = Map.of("email", "ada@varve.test", "password", "x".repeat(100));
    for (Map<String, String> login : List.of(wrong, unknown, tooLong)) {
      long before = System.nanoTime();
      assertThat(api.post("/api/auth/login", login).is(401).problem())
          .isEqualTo("wrong-credentials");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(40));
    }
  }

  @Test
  void aPasswordIsLongEnoughAndNotCutOff() {
    var passwords = new Passwords();
    String hash = passwords.hash("x".repeat(72));
    assertThat(hash).startsWith("$2a$12$");
    assertThat(passwords.matches("x".repeat(72), hash)).isTrue();
    assertThat(passwords.matches("x".repeat(73), hash)).isFalse();
    assertThat(passwords.matches("", null)).isFalse();
  }

  private static JWTClaimsSet claims(Instant issued) throws ParseException {
    return new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet())
        .issueTime(Date.from(issued))
        .expirationTime(Date.from(issued.plus(Tokens.LIFETIME)))
        .build();
  }

  private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static void refused(String forged) {
    Api.Answer answer = varve.api().as(forged).get("/api/me").is(401);
    assertThat(answer.problem()).isEqualTo("unauthenticated");
    assertThat(String.valueOf(answer.header("WWW-Authenticate"))).startsWith("Bearer");
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
