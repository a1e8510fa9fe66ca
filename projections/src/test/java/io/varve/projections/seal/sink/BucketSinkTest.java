package io.varve.projections.seal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BucketSinkTest {

  private static final Instant AT = Instant.parse("2030-01-01T23:59:59Z");
  private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);

  @AutoClose static final S3Server store = new S3Server();

  @BeforeAll
  static void buckets() {
    store.client.createBucket(r -> r.bucket("locked").objectLockEnabledForBucket(true));
    store.client.createBucket(r -> r.bucket("taken").objectLockEnabledForBucket(true));
    store.client.createBucket(r -> r.bucket("open"));
  }

  @Test
  void aNoteBecomesAnObjectAndTheNewestCheckpointIsFound() {
    try (var sink = new BucketSink(store.bucket("locked"), CLOCK)) {
      assertThat(sink.newest()).isEmpty();
      sink.put(Sealed.key(1, "a key"));
      sink.put(Sealed.checkpoint(9, AT, "nine"));
      sink.put(Sealed.checkpoint(10, AT.plusSeconds(1), "ten — with a dash"));
      assertThat(sink.newest())
          .contains(
              new Sealed(
                  10, "varve/checkpoints/2030-01-02/0000000000000000010.txt", "ten — with a dash"));
    }
  }

  /** The store that is tested against does not look at these. */
  @Test
  void nobodyMayDeleteOrReplaceAnObjectUntilItsRetentionIsOver() throws IOException {
    var asked = new ArrayList<Headers>();
    HttpServer loopback =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    loopback.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          asked.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    loopback.start();
    URI endpoint = URI.create("http://localhost:" + loopback.getAddress().getPort());
    var settings = new BucketSettings(endpoint, "b", "eu-west-1", "", 400, "key", "secret");
    try (var sink = new BucketSink(settings, CLOCK)) {
      sink.put(Sealed.key(1, "a key"));
    } finally {
      loopback.stop(0);
    }
    Headers put = asked.getFirst();
    assertThat(put.getFirst("If-None-Match")).isEqualTo("*");
    assertThat(put.getFirst("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
    assertThat(Instant.parse(put.getFirst("x-amz-object-lock-retain-until-date")))
        .isEqualTo(AT.plus(400, ChronoUnit.DAYS));
    assertThat(put.getFirst("Content-MD5")).isEqualTo("rwcR632rLVPBpYDEcF18tw==");
    assertThat(put.toString()).doesNotContain("secret");
  }

  @Test
  void puttingTheSameAgainChangesNothingAndAnotherIsRefused() {
    try (var sink = new BucketSink(store.bucket("taken"), CLOCK)) {
      Sealed one = Sealed.checkpoint(1, AT, "one");
      sink.put(one);
      sink.put(one);
      assertThatThrownBy(() -> sink.put(Sealed.checkpoint(1, AT, "another")))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("says something else");
      assertThat(sink.newest()).map(Sealed::note).contains("one");
    }
  }

  @Test
  void aBucketThatLocksNothingIsNoSink() {
    try (var sink = new BucketSink(store.bucket("open"), CLOCK)) {
      assertThatThrownBy(sink::requireLock).isInstanceOf(NoLockException.class);
      assertThatThrownBy(sink::newest)
          .isInstanceOf(NoLockException.class)
          .hasMessageContaining("no object lock");
    }
  }

  @Test
  void oneThatCannotBeReachedOrIsNotThereIsToldAndNotTakenForEmpty() {
    var away =
        new BucketSettings(
            URI.create("http://localhost:1"), "away", "us-east-1", "", 1, "key", "secret");
    for (BucketSettings settings : new BucketSettings[] {away, store.bucket("missing")}) {
      try (var sink = new BucketSink(settings, CLOCK)) {
        assertThatThrownBy(sink::newest)
            .isInstanceOf(SinkException.class)
            .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> sink.put(Sealed.checkpoint(1, AT, "one")))
            .isInstanceOf(SinkException.class);
      }
    }
  }
}
