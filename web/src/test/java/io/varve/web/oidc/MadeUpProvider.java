package io.varve.web.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.varve.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A provider that says whatever a test has it say, right or wrong. */
final class MadeUpProvider implements AutoCloseable {

  static final String CLIENT = "varve";
  static final String ACCESS_TOKEN = "an-access-token";

  private final HttpServer server;
  private final RSAKey key = key("first");
  private final AtomicInteger keySetsServed = new AtomicInteger();
  private volatile Map<String, Object> description;
  private volatile Map<String, Object> userInfo = Map.of();
  private volatile String idToken = "";

  MadeUpProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    description =
        Map.of(
            "issuer",
            issuer(),
            "authorization_endpoint",
            issuer() + "/authorize",
            "token_endpoint",
            issuer() + "/token",
            "userinfo_endpoint",
            issuer() + "/userinfo",
            "jwks_uri",
            issuer() + "/keys",
            "response_types_supported",
            new String[] {"code"},
            "subject_types_supported",
            new String[] {"public"},
            "id_token_signing_alg_values_supported",
            new String[] {"RS256"});
    server.createContext("/.well-known/openid-configuration", e -> answer(e, description));
    server.createContext("/userinfo", e -> answer(e, userInfo));
    server.createContext(
        "/keys",
        e -> {
          keySetsServed.incrementAndGet();
          answer(e, new JWKSet(key).toJSONObject());
        });
    server.createContext(
        "/token",
        e ->
            answer(
                e,
                Map.of(
                    "access_token",
                    ACCESS_TOKEN,
                    "token_type",
                    "Bearer",
                    "expires_in",
                    60,
                    "id_token",
                    idToken)));
    server.start();
  }

  String issuer() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  int keySetsServed() {
    return keySetsServed.get();
  }

  /** Describes itself otherwise, until it is told so again. */
  void describe(String name, Object value) {
    var other = new HashMap<>(description);
    other.put(name, value);
    description = other;
  }

  void userInfo(Map<String, Object> claims) {
    userInfo = claims;
  }

  /** The token that it gives from now on, for any code. */
  void give(String token) {
    idToken = token;
  }

  /** Claims of a token as it should be. */
  JWTClaimsSet.Builder claims(String subject, String email, String nonce) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(subject)
        .audience(CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)))
        .claim("nonce", nonce)
        .claim("email", email)
        .claim("email_verified", true);
  }

  String signed(JWTClaimsSet claims) {
    return signed(claims, header -> header, key);
  }

  String signed(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header, RSAKey with) {
    try {
      var token =
          new SignedJWT(
              header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first")).build(),
              claims);
      token.sign(new RSASSASigner(with));
      return token.serialize();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** With the public key as a secret that everybody knows. */
  String signedWithPublicKey(JWTClaimsSet claims) {
    try {
      var token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
      token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void answer(HttpExchange exchange, Object document) throws IOException {
    byte[] body = Json.write(document).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
