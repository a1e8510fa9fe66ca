package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import io.varve.postgres.keyfile.KeyFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:50:01Z");

  @TempDir Path folder;

  private final SetClock clock = new SetClock();

  /** Stands where it was set. */
  private static final class SetClock extends Clock {

    volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void whatAnOldKeySignedVerifiesUntilTheLastOfItHasExpired() {
    SigningKeys keys = keys();
    RSAKey old = keys.current();
    JWSObject before = signed(old);
    clock.now = NOW.plus(Duration.ofDays(90));
    rotate();
    await().atMost(5, SECONDS).until(() -> keys.version() == 2);
    RSAKey successor = keys.current();
    JWSObject after = signed(successor);
    assertThat(keys.verifying()).containsExactly(old, successor);
    assertThat(verifies(keys, before)).isTrue();
    assertThat(verifies(keys, after)).isTrue();

    Instant end = SigningKeys.goodUntil(NOW.plus(Duration.ofDays(90)));
    assertThat(end).isAfter(NOW.plus(Duration.ofDays(90)).plus(Tokens.LIFETIME));
    clock.now = end.minusMillis(1);
    assertThat(verifies(keys, before)).isTrue();
    clock.now = end;
    assertThat(verifies(keys, before)).isFalse();
    assertThat(verifies(keys, after)).isTrue();
    assertThat(keys.verifying()).containsExactly(successor);
  }

  @Test
  void aTokenOfAKeyThatCameAMomentAgoVerifiesOnEveryNodeAtOnce() {
    SigningKeys other = keys();
    rotate();
    assertThat(verifies(other, signed(keys().current()))).isTrue();
  }

  @Test
  void tokensThatAreIssuedAndCheckedWhileKeysRotateAllVerify() throws Exception {
    List<SigningKeys> nodes = List.of(keys(), keys(), keys());
    var stop = new AtomicBoolean();
    Queue<JWSObject> issued = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> users = new ArrayList<>();
      for (SigningKeys issuer : nodes) {
        users.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    JWSObject token = signed(issuer.current());
                    issued.add(token);
                    assertThat(nodes).allMatch(node -> verifies(node, token));
                  }
                }));
      }
      for (int version = 2; version <= 3; version++) {
        int added = version;
        rotate();
        await().atMost(10, SECONDS).until(() -> nodes.stream().allMatch(n -> n.version() == added));
      }
      stop.set(true);
      for (Future<?> user : users) {
        user.get();
      }
    }
    assertThat(issued).extracting(token -> token.getHeader().getKeyID()).doesNotContainNull();
    assertThat(issued.stream().map(token -> token.getHeader().getKeyID()).distinct()).hasSize(3);
    assertThat(issued).allMatch(token -> verifies(nodes.getFirst(), token));
  }

  @Test
  void whatAKeySignedVerifiesNoMoreOnceItsFileIsDeleted() throws Exception {
    SigningKeys keys = keys();
    JWSObject stolen = signed(keys.current());
    rotate();
    Files.delete(file());
    await().atMost(5, SECONDS).until(() -> !verifies(keys, stolen));
    assertThat(keys.verifying()).containsExactly(keys.current());
  }

  @Test
  void aHeaderThatNamesNoKeyOrNoneOfOursOrAnotherAlgorithmFindsNone() {
    SigningKeys keys = keys();
    String ours = keys.current().getKeyID();
    assertThat(keys.verifying(header(JWSAlgorithm.RS256, ours))).hasSize(1);
    assertThat(keys.verifying(header(JWSAlgorithm.RS256, null))).isEmpty();
    assertThat(keys.verifying(header(JWSAlgorithm.RS256, ours.substring(1)))).isEmpty();
    assertThat(keys.verifying(header(JWSAlgorithm.RS384, ours))).isEmpty();
    assertThat(keys.verifying(header(JWSAlgorithm.PS256, ours))).isEmpty();
    assertThat(keys.verifying(header(JWSAlgorithm.HS256, ours))).isEmpty();
  }

  @Test
  void aFileThatHoldsNoGoodKeyIsRefusedInOneSentence() throws Exception {
    write("no key at all");
    assertThatThrownBy(this::keys)
        .isInstanceOf(KeyFileException.class)
        .hasMessage("The key file %s must hold an RSA key in PEM.", file());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    byte[] weak = generator.generateKeyPair().getPrivate().getEncoded();
    write(Base64.getMimeEncoder().encodeToString(weak));
    assertThatThrownBy(this::keys)
        .hasMessageEndingWith("must hold an RSA key of 2048 bits or more.");
  }

  private SigningKeys keys() {
    return SigningKeys.open(file(), clock);
  }

  private void rotate() {
    SigningKeys.files(file(), clock).add();
  }

  private Path file() {
    return folder.resolve("key.pem");
  }

  private void write(String text) throws Exception {
    Files.write(file(), text.getBytes(UTF_8));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
  }

  private static JWSHeader header(JWSAlgorithm algorithm, @Nullable String key) {
    return new JWSHeader.Builder(algorithm).keyID(key).build();
  }

  private static JWSObject signed(RSAKey key) {
    try {
      var token = new JWSObject(header(JWSAlgorithm.RS256, key.getKeyID()), new Payload("{}"));
      token.sign(new RSASSASigner(key));
      return token;
    } catch (JOSEException failure) {
      throw new AssertionError(failure);
    }
  }

  private static boolean verifies(SigningKeys keys, JWSObject token) {
    return keys.verifying(token.getHeader()).stream()
        .anyMatch(
            key -> {
              try {
                return token.verify(new RSASSAVerifier((RSAPublicKey) key));
              } catch (JOSEException failure) {
                throw new AssertionError(failure);
              }
            });
  }
}
