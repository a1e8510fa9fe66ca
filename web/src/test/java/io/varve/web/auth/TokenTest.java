package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
    key = signingKey(varve.folder().secretFile(SigningKeys.NAME));
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
    assertThat(claims.getStringClaim("role")).isEqualTo("superadmin");
    varve.api().as(token).get("/api/me").is(200);
  }

  @Test
  void aTokenThatWasTamperedWithIsRefused() {
    String[] parts = token.split("\\.");
    for (int part = 0; part < parts.length; part++) {
      for (int at : new int[] {0, parts[part].length() / 2}) {
        String[] changed = parts.clone();
        changed[part] = withAnother(parts[part], at);
        refused(String.join(".", changed));
      }
    }
    refused(
        parts[0] + "." + encoded(decoded(parts[1], "superadmin", "tenant_admin")) + "." + parts[2]);
    refused(encoded(decoded(parts[0], "RS256", "RS512")) + "." + parts[1] + "." + parts[2]);
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
  void aTokenSignedByOthersIsRefused(@TempDir Path folder) throws Exception {
    RSAKey other = signingKey(folder.resolve("other"));
    JWTClaimsSet good = claims(Instant.now());
    refused(signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(other), good));
    refused(signed(JWSAlgorithm.RS256, other.getKeyID(), new RSASSASigner(other), good));
    refused(signed(JWSAlgorithm.RS512, key.getKeyID(), new RSASSASigner(key), good));
    refused(signed(JWSAlgorithm.PS256, key.getKeyID(), new RSASSASigner(key), good));
  }

  @Test
  void aTokenSignedWithThePublicKeyAsIfItWereASharedSecretIsRefused() throws Exception {
    byte[] known = key.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(known));
    for (byte[] secret :
        List.of(known, pem.getBytes(UTF_8), key.toPublicJWK().toJSONString().getBytes(UTF_8))) {
      refused(
          signed(JWSAlgorithm.HS256, key.getKeyID(), new MACSigner(secret), claims(Instant.now())));
    }
  }

  @Test
  void aTokenThatNamesNoKeyOrAnUnknownOneIsRefusedThoughOursSignedIt() throws Exception {
    for (String id :
        Arrays.asList(null, "", "unknown", key.getKeyID() + " ", "../" + key.getKeyID())) {
      refused(signed(JWSAlgorithm.RS256, id, new RSASSASigner(key), claims(Instant.now())));
    }
  }

  @Test
  void aTokenThatBringsItsOwnKeyIsRefused(@TempDir Path folder) throws Exception {
    RSAKey other = signingKey(folder.resolve("other"));
    for (String id : List.of(key.getKeyID(), other.getKeyID())) {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID(id)
              .jwk(other.toPublicJWK())
              .jwkURL(URI.create("http://localhost:%d/jwks.json".formatted(varve.port())))
              .build();
      var jwt = new SignedJWT(header, claims(Instant.now()));
      jwt.sign(new RSASSASigner(other));
      refused(jwt.serialize());
    }
  }

  @Test
  void aTokenThatHasExpiredOrIsNotYetGoodOrIsNotForUsIsRefused() throws Exception {
    varve.api().as(ours(claims(Instant.now()))).get("/api/me").is(200);
    Instant past = Instant.now().minus(Tokens.LIFETIME).minusSeconds(1);
    refused(ours(claims(past)));
    refused(ours(but(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(60))))));
    refused(ours(but(c -> c.issuer("elsewhere"))));
    refused(ours(but(c -> c.issuer(null))));
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

  private static RSAKey signingKey(Path file) {
    return SigningKeys.open(file, Clock.systemUTC()).current();
  }

  private static JWTClaimsSet claims(Instant issued) throws ParseException {
    return new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet())
        .issueTime(Date.from(issued))
        .expirationTime(Date.from(issued.plus(Tokens.LIFETIME)))
        .build();
  }

  private static JWTClaimsSet but(UnaryOperator<JWTClaimsSet.Builder> change)
      throws ParseException {
    return change.apply(new JWTClaimsSet.Builder(claims(Instant.now()))).build();
  }

  private static String ours(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), claims);
  }

  private static String signed(
      JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String withAnother(String part, int at) {
    char other = part.charAt(at) == 'A' ? 'B' : 'A';
    return part.substring(0, at) + other + part.substring(at + 1);
  }

  private static String decoded(String part, String from, String to) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8).replace(from, to);
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
