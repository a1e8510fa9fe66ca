package io.varve.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.varve.command.Installation;
import io.varve.postgres.Database;
import io.varve.postgres.Expiry;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Vault;
import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.limit.SignInGuard.Attempt;
import io.varve.web.limit.SignInListener.Failure;
import io.varve.web.testing.SetClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share a database and a clock. */
class SignInGuardTest {

  private static final String ADA = "ada@varve.test";
  private static final ClientAddress HOME = at("192.0.2.10");
  private static final ClientAddress EVIL = at("198.51.100.66");
  private static final ClientAddress EVIL_TOO = at("2001:db8:666::1");

  @TempDir Path folder;
  @AutoClose final TestDatabase server = TestDatabase.migrated();
  @AutoClose final Database database = new Database(server.login(), 8);
  private final SetClock clock = new SetClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ConcurrentLinkedQueue<Failure> heard = new ConcurrentLinkedQueue<>();
  private SignInGuard one;
  private SignInGuard other;
  private Vault vault;

  @BeforeEach
  void twoNodes() {
    vault =
        new Vault(database, KeyFile.open(folder.resolve("key")), Installation.platform(database));
    SignInListener listener = (account, failure) -> heard.add(failure);
    one = new SignInGuard(database, vault, clock, listener);
    other = new SignInGuard(database, vault, clock, listener);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  @Test
  void fromTheFifthFailureOnEachBeginsAPauseTwiceAsLong() {
    for (int failures = 1; failures < 5; failures++) {
      assertThat(fail(one, EVIL)).isEqualTo(new Failure(failures, null, false));
    }
    var pauses = new ArrayList<Long>();
    for (int failures = 5; failures <= 17; failures++) {
      Instant until = fail(failures % 2 == 0 ? one : other, EVIL).until();
      pauses.add(pause().toSeconds());
      assertThat(until).isEqualTo(clock.instant().plus(pause()));
      clock.advance(pause());
    }
    assertThat(pauses)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
    assertThat(heard).hasSize(17);
    assertThat(heard.stream().filter(Failure::locked))
        .singleElement()
        .extracting(Failure::failures)
        .isEqualTo(15);
  }

  @Test
  void aPauseHoldsForAllUnfamiliarPlacesAndEveryNode() {
    failTimes(8, EVIL);
    FaultException refused =
        catchThrowableOfType(FaultException.class, () -> other.permit(ADA, EVIL_TOO));
    assertThat(refused.fault()).isEqualTo(Fault.TOO_MANY_REQUESTS);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(8));
    other.permit("bob@varve.test", EVIL);
    clock.advance(Duration.ofSeconds(8));
    other.permit(ADA, EVIL_TOO);
  }

  @Test
  void theOwnerAtHomeIsNotShutOutByAnAttackerElsewhere() {
    assertThat(succeed(one, HOME)).isZero();
    failTimes(15, EVIL);
    assertPaused(other, EVIL);
    assertThat(succeed(other, at("192.0.2.77"))).isZero();
    assertPaused(other, EVIL);
  }

  @Test
  void whoeverFailsAtHomeIsPausedThereAndNotElsewhere() {
    succeed(one, HOME);
    failTimes(5, HOME);
    assertPaused(other, HOME);
    assertThat(succeed(other, at("203.0.113.9"))).isZero();
  }

  @Test
  void aPlaceIsFamiliarForThirtyDays() {
    succeed(one, HOME);
    clock.advance(Duration.ofDays(30).minusMinutes(1));
    // The pauses between them take 31 seconds, and the one after them takes 32.
    failTimes(10, EVIL);
    other.permit(ADA, HOME);
    clock.advance(Duration.ofSeconds(30));
    assertPaused(other, HOME);
  }

  @Test
  void aSuccessTellsOfTheFailuresBeforeItAndBeginsAnew() {
    failTimes(4, HOME);
    assertThat(succeed(other, HOME)).isEqualTo(4);
    failTimes(3, HOME);
    assertThat(succeed(other, HOME)).isEqualTo(3);
    assertThat(succeed(one, HOME)).isZero();
  }

  @Test
  void failuresAreHalvedForEveryHourWithoutOne() {
    failTimes(10, EVIL);
    clock.advance(Duration.ofHours(1));
    assertThat(fail(one, EVIL).failures()).isEqualTo(6);
    clock.advance(Duration.ofMinutes(59));
    assertThat(fail(one, EVIL).failures()).isEqualTo(7);
    clock.advance(Duration.ofDays(365));
    assertThat(fail(one, EVIL).failures()).isEqualTo(1);
  }

  @Test
  void guessingAtOnceGainsNothing() throws Exception {
    var attempts = new ArrayList<Attempt>();
    for (int guess = 0; guess < 40; guess++) {
      attempts.add((guess % 2 == 0 ? one : other).permit(ADA, at("203.0.113." + guess)));
    }
    List<Boolean> counted = outcomes(attempts.subList(0, 39), this::isCountedFailure);
    assertThat(counted).filteredOn(c -> c).hasSize(5);
    assertThatThrownBy(() -> one.succeeded(attempts.getLast())).isInstanceOf(FaultException.class);
    assertThat(heard.stream().map(Failure::failures)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void manyMaySignInAtOnce() throws Exception {
    var attempts = new ArrayList<Attempt>();
    for (int client = 0; client < 32; client++) {
      attempts.add((client % 2 == 0 ? one : other).permit(ADA, HOME));
    }
    assertThat(outcomes(attempts, attempt -> one.succeeded(attempt) == 0)).doesNotContain(false);
  }

  @Test
  void theDatabaseHoldsNeitherAddressAndForgetsInTheEnd() throws SQLException {
    succeed(one, HOME);
    failTimes(2, EVIL);
    assertThat(
            Sql.one(
                server.superuser(), "select string_agg(a::text, '') from ops.sign_in_attempt a"))
        .asString()
        .doesNotContain("ada", "192.0.2", "198.51");
    try (var expired = new Expiry(database, clock, List.of(FailureCounters.EXPIRING))) {
      clock.advance(Duration.ofDays(30));
      assertThat(expired.forget()).isZero();
      clock.advance(Duration.ofSeconds(1));
      assertThat(expired.forget()).isEqualTo(2);
    }
  }

  private interface Outcome {
    boolean of(Attempt attempt);
  }

  private static List<Boolean> outcomes(List<Attempt> attempts, Outcome outcome) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var told = new ArrayList<Future<Boolean>>();
      for (Attempt attempt : attempts) {
        told.add(clients.submit(() -> outcome.of(attempt)));
      }
      var outcomes = new ArrayList<Boolean>();
      for (Future<Boolean> one : told) {
        outcomes.add(one.get());
      }
      return outcomes;
    }
  }

  private boolean isCountedFailure(Attempt attempt) {
    try {
      other.failed(attempt);
      return true;
    } catch (FaultException paused) {
      return false;
    }
  }

  private void failTimes(int times, ClientAddress address) {
    for (int failure = 0; failure < times; failure++) {
      pauseAt(address).ifPresent(clock::advance);
      fail(one, address);
    }
  }

  private static Failure fail(SignInGuard node, ClientAddress address) {
    return node.failed(node.permit(ADA, address));
  }

  private static int succeed(SignInGuard node, ClientAddress address) {
    return node.succeeded(node.permit(ADA, address));
  }

  private Duration pause() {
    return pauseAt(EVIL).orElseThrow();
  }

  private Optional<Duration> pauseAt(ClientAddress address) {
    try {
      one.permit(ADA, address);
      return Optional.empty();
    } catch (FaultException paused) {
      return paused.retryAfter();
    }
  }

  private static void assertPaused(SignInGuard node, ClientAddress address) {
    assertThatThrownBy(() -> node.permit(ADA, address)).isInstanceOf(FaultException.class);
  }

  private static ClientAddress at(String literal) {
    return new ClientAddress(InetAddress.ofLiteral(literal));
  }
}
