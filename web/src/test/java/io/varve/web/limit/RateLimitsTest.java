package io.varve.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.command.Installation;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Expiry;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Vault;
import io.varve.web.limit.Limit.Precision;
import io.varve.web.limit.RateLimits.Standing;
import io.varve.web.testing.SetClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share a database and a clock. */
class RateLimitsTest {

  private static final Limit EXACT =
      new Limit("exact", 50, Duration.ofMinutes(15), Precision.EXACT);
  private static final Limit CLOSE =
      new Limit("close", 600, Duration.ofMinutes(1), Precision.CLOSE);

  @TempDir Path folder;
  @AutoClose final TestDatabase server = TestDatabase.migrated();
  @AutoClose final Database database = new Database(server.login(), 8);
  private final SetClock clock = new SetClock(Instant.parse("2026-03-01T12:00:00Z"));
  private RateLimits one;
  private RateLimits other;
  private Vault vault;

  @BeforeEach
  void twoNodes() {
    vault =
        new Vault(database, KeyFile.open(folder.resolve("key")), Installation.platform(database));
    one = new RateLimits(database, vault, clock);
    other = new RateLimits(database, vault, clock);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  @Test
  void noRequestMoreThanTheLimitIsGrantedOverAllNodes() throws Exception {
    assertThat(grantedOfMany(EXACT, 100)).isEqualTo(50);
    Standing refused = other.count(EXACT, "192.0.2.1");
    assertThat(refused.granted()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.reset()).isEqualTo(Duration.ofMinutes(15));
    assertThat(other.count(EXACT, "192.0.2.2").granted()).isTrue();
  }

  @Test
  void aNewWindowBeginsWhenTheOldOneIsOver() throws Exception {
    grantedOfMany(EXACT, 60);
    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(one.count(EXACT, "192.0.2.1").granted()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    Standing fresh = one.count(EXACT, "192.0.2.1");
    assertThat(fresh.granted()).isTrue();
    assertThat(fresh.remaining()).isEqualTo(49);
  }

  @Test
  void aCloseLimitIsExceededByNoMoreThanWhatNodesHaveNotToldEachOther() throws Exception {
    assertThat(grantedOfMany(CLOSE, 1_000)).isBetween(600L, 600L + 2L * CLOSE.untold());
    clock.advance(Duration.ofSeconds(2));
    assertThat(one.count(CLOSE, "192.0.2.1").granted()).isFalse();
    assertThat(other.count(CLOSE, "192.0.2.1").granted()).isFalse();
  }

  @Test
  void whatOneNodeGrantsTheOtherKnowsWithinASecond() {
    for (int request = 0; request < 20; request++) {
      one.count(CLOSE, "192.0.2.1");
    }
    clock.advance(Duration.ofMillis(1_001));
    assertThat(one.count(CLOSE, "192.0.2.1").remaining()).isEqualTo(579);
    assertThat(other.count(CLOSE, "192.0.2.1").remaining()).isEqualTo(578);
  }

  @Test
  void theDatabaseHoldsNoAddressAndForgetsWhatIsOver() throws SQLException {
    one.count(EXACT, "192.0.2.1");
    assertThat(Sql.one(server.superuser(), "select string_agg(b::text, '') from ops.bucket b"))
        .asString()
        .doesNotContain("192.0.2.1");
    try (var expired = new Expiry(database, clock, List.of(Buckets.EXPIRING))) {
      clock.advance(Duration.ofMinutes(15));
      assertThat(expired.forget()).isZero();
      clock.advance(Duration.ofMinutes(2));
      assertThat(expired.forget()).isEqualTo(1);
    }
  }

  @Test
  void withoutTheDatabaseRequestsAreLetThroughButNobodyGuesses() {
    assertThat(one.countIfPossible(CLOSE, "192.0.2.1")).isPresent();
    server.shut();
    try {
      assertThat(one.countIfPossible(CLOSE, "192.0.2.9")).isEmpty();
      assertThatThrownBy(() -> one.count(EXACT, "192.0.2.9")).isInstanceOf(DatabaseException.class);
    } finally {
      server.reopen();
    }
  }

  private long grantedOfMany(Limit limit, int requests) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Standing>>();
      for (int request = 0; request < requests; request++) {
        RateLimits node = request % 2 == 0 ? one : other;
        Callable<Standing> ask = () -> node.count(limit, "192.0.2.1");
        asked.add(clients.submit(ask));
      }
      long granted = 0;
      for (Future<Standing> answer : asked) {
        granted += answer.get().granted() ? 1 : 0;
      }
      return granted;
    }
  }
}
