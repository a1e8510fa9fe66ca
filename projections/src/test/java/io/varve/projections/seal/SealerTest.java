package io.varve.projections.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.projections.seal.sink.FolderSink;
import io.varve.projections.seal.sink.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SealerTest {

  @AutoClose private final Sealing sealing = new Sealing();
  private final FolderSink sink = new FolderSink(sealing.folder.resolve("out"));

  @Test
  void everyEventIsALeafOfItsTenantsTreeAndEveryCheckpointOneOfTheLogs() {
    UUID[] tenants = Sealing.tenants(7);
    sealing.append(1500, tenants);
    try (Sealer sealer = sealing.sealer("one")) {
      sealer.start();
      sealing.awaitSealed();
      sealing.verify();
      for (int i = 0; i < 10; i++) {
        sealing.append(1 + 40 * i, tenants);
        sealing.awaitSealed();
      }
      sealing.append(20, UUID.randomUUID());
      sealing.awaitSealed();
      assertThat(Sealing.problem(sealer)).isNull();
    }
    sealing.verify();
  }

  @Test
  void neverMoreThanSoManyEventsAreSealedTogetherAndATrickleOfThemIsGathered() {
    UUID tenant = UUID.randomUUID();
    sealing.append(450, tenant);
    var settings =
        new SealSettings(Duration.ofMillis(1500), 100, Duration.ofHours(1), Duration.ofSeconds(3));
    try (Sealer sealer = sealing.sealer("one", settings, Clock.systemUTC())) {
      sealer.start();
      sealing.awaitSealed();
      assertThat(checkpoints()).isEqualTo(5);
      assertThat(
              sealing.number(
                  """
                  select max(size - before)
                    from (select size, lag(size, 1, 0) over (order by size) as before from ledger.checkpoint) s
                  """))
          .isEqualTo(100);
      for (int i = 0; i < 30; i++) {
        sealing.append(1, tenant);
      }
      sealing.awaitSealed();
      assertThat(checkpoints()).isBetween(6L, 7L);
    }
  }

  @Test
  void aRetiredTenantsEventsAreSealedToo() {
    UUID retired = UUID.randomUUID();
    sealing.append(3, retired);
    sealing.sql("update ledger.counter set closed = true");
    try (Sealer sealer = sealing.sealer("one")) {
      sealer.start();
      sealing.awaitSealed();
    }
    sealing.verify();
  }

  @Test
  void whileNothingHappensTheLogIsSignedAgainAndAgain() {
    var clock = new SettableClock();
    var settings =
        new SealSettings(Duration.ofMillis(1), 100, Duration.ofSeconds(10), Duration.ofMinutes(1));
    try (Sealer sealer = sealing.sealer("one", settings, clock, sink)) {
      sealer.start();
      for (int number = 1; number <= 4; number++) {
        int expected = number;
        quickly().until(() -> logCheckpoints() == expected);
        clock.advance(Duration.ofSeconds(10));
      }
      sealing.append(1, UUID.randomUUID());
      sealing.awaitSealed();
    }
    List<Checkpoint> all =
        sealing.notes("select note from ledger.log_checkpoint order by number").stream()
            .map(note -> Checkpoint.parse(note.text()))
            .toList();
    assertThat(all.getFirst().extensions())
        .containsExactly("number 1", "time 2026-05-01T23:59:58.500Z");
    assertThat(all.get(1).extensions())
        .containsExactly("number 2", "time 2026-05-02T00:00:08.500Z");
    assertThat(all).extracting(Checkpoint::size).startsWith(0L, 0L, 0L, 0L).endsWith(1L);
    sealing.verify();
  }

  @Test
  void aSealerWhoseConnectionsAreCutAnywhereGoesOnWithoutAHoleOrADouble() {
    UUID[] tenants = Sealing.tenants(5);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      for (int i = 0; i < 25; i++) {
        int events = ThreadLocalRandom.current().nextInt(1, 900);
        quickly().ignoreExceptions().until(() -> appended(events, tenants));
        sealing.sql(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and usename = 'varve_login' and random() < 0.8
            """);
      }
      quickly().ignoreExceptions().untilAsserted(sealing::awaitSealed);
      quickly().ignoreExceptions().until(() -> Sealing.problem(sealer) == null);
    }
    sealing.verify();
  }

  @Test
  void anOutageOfTheDatabaseIsSurvived() {
    UUID[] tenants = Sealing.tenants(3);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      sealing.append(700, tenants);
      sealing.test.shut();
      sealing.test.reopen();
      quickly().ignoreExceptions().until(() -> appended(200, tenants));
      quickly().ignoreExceptions().untilAsserted(sealing::awaitSealed);
    }
    sealing.verify();
  }

  @Test
  void ofTwoNodesOneSealsAndTheOtherTakesOverWhenItIsGone() {
    UUID[] tenants = Sealing.tenants(3);
    Sealer one = sealing.sealer("one");
    try (one;
        Sealer two = sealing.sealer("two")) {
      one.start();
      quickly().until(() -> sealing.one("select owner from ops.sealing").equals("one"));
      two.start();
      sealing.append(500, tenants);
      sealing.awaitSealed();
      assertThat(sealing.one("select owner from ops.sealing")).isEqualTo("one");
      one.close();
      sealing.append(500, tenants);
      sealing.awaitSealed();
      assertThat(sealing.one("select owner from ops.sealing")).isEqualTo("two");
    }
    sealing.verify();
  }

  @Test
  void aNodeThatDiedInTheLeadIsReplacedAndOneThatLostItWithoutNoticingSealsNothing() {
    UUID[] tenants = Sealing.tenants(2);
    sealing.append(100, tenants);
    try (Sealer one = sealing.sealer("one");
        Sealer two = sealing.sealer("two")) {
      sealing.sql(
          "update ops.sealing set owner = 'dead', until = clock_timestamp() + interval '1 second'");
      one.start();
      two.start();
      sealing.awaitSealed();
      for (int i = 0; i < 6; i++) {
        // Whoever leads is robbed of it, in the middle of whatever it does.
        sealing.append(300, tenants);
        sealing.sql("update ops.sealing set owner = null");
      }
      sealing.awaitSealed();
      assertThat(Stream.of(one, two).map(Sealing::problem).filter(Objects::nonNull)).isEmpty();
    }
    sealing.verify();
  }

  @Test
  void anOldBackupUnderANewerSinkIsNoticedAndNothingIsSealed() throws IOException {
    UUID tenant = UUID.randomUUID();
    sealing.append(10, tenant);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      awaitDelivered();
    }
    Sealed newest = sink.newest().orElseThrow();
    Path file = Path.of(newest.name());
    Path later = file.resolveSibling("%019d.txt".formatted(newest.number() + 5));
    Files.copy(file, later);
    sealing.append(10, tenant);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      quickly()
          .untilAsserted(
              () -> assertThat(Sealing.problem(sealer)).contains("older than what it has"));
      assertThat(sealing.number("select position from ops.sealing")).isEqualTo(10);
    }
    Files.delete(later);
    Path draft = Files.writeString(sealing.folder.resolve("draft"), "another history");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      quickly()
          .untilAsserted(
              () -> assertThat(Sealing.problem(sealer)).contains("is not the one in this"));
      assertThat(sealing.number("select position from ops.sealing")).isEqualTo(10);
      assertThat(Files.readString(file)).isEqualTo("another history");
    }
  }

  @Test
  void whatIsStoredAndDoesNotAgreeWithItselfIsNotSealedUpon() {
    sealing.append(300, Sealing.tenants(2));
    try (Sealer sealer = sealing.sealer("one")) {
      sealer.start();
      sealing.awaitSealed();
    }
    for (String damage :
        List.of(
            "update ledger.tile set hashes = set_byte(hashes, 3, (get_byte(hashes, 3) + 1) % 256) where level = 0",
            "update ledger.log_tile set hashes = substr(hashes, 33)",
            "update ops.sealing set position = position - 1",
            "update ops.sealing set position = 0")) {
      sealing.sql("begin; create table kept as select * from ledger.tile; commit");
      sealing.sql("create table kept_log as select * from ledger.log_tile");
      sealing.sql("create table kept_place as select * from ops.sealing");
      sealing.sql(damage);
      try (Sealer sealer = sealing.sealer("one")) {
        sealer.start();
        quickly().untilAsserted(() -> assertThat(Sealing.problem(sealer)).isNotNull());
      }
      sealing.sql(
          """
          update ledger.tile t set hashes = k.hashes from kept k
           where (t.tenant_id, t.level, t.index) = (k.tenant_id, k.level, k.index);
          update ledger.log_tile t set hashes = k.hashes from kept_log k where (t.level, t.index) = (k.level, k.index);
          update ops.sealing s set position = k.position from kept_place k;
          drop table kept, kept_log, kept_place
          """);
    }
    sealing.verify();
  }

  @Test
  void aRotatedKeyIsVouchedForByTheOneBeforeIt() throws IOException {
    UUID[] tenants = Sealing.tenants(2);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      sealing.append(150, tenants);
      sealing.awaitSealed();
      for (int version = 2; version <= 3; version++) {
        SealKeys.files(sealing.keyFile(), Clock.systemUTC()).add();
        int expected = version;
        quickly()
            .until(
                () -> {
                  sealing.append(10, tenants);
                  return sealing.number("select max(version) from ledger.seal_key") == expected;
                });
      }
      sealing.awaitSealed();
      awaitDelivered();
      assertThat(Sealing.problem(sealer)).isNull();
    }
    sealing.verify();
    try (Stream<Path> keys = Files.list(sealing.folder.resolve("out/keys"))) {
      assertThat(keys).hasSize(3);
    }
  }

  @Test
  void aKeyThatWasReplacedInsteadOfRotatedSealsNothing() throws IOException {
    sealing.append(10, UUID.randomUUID());
    try (Sealer sealer = sealing.sealer("one")) {
      sealer.start();
      sealing.awaitSealed();
    }
    Files.delete(sealing.keyFile());
    sealing.append(10, UUID.randomUUID());
    try (Sealer sealer = sealing.sealer("one")) {
      sealer.start();
      quickly()
          .untilAsserted(
              () -> assertThat(Sealing.problem(sealer)).contains("not the one that has sealed"));
      assertThat(sealing.number("select position from ops.sealing")).isEqualTo(10);
    }
  }

  @Test
  void aSinkThatHoldsSomethingElseIsLeftAloneAndTold() throws IOException {
    Path taken =
        Files.createDirectories(sealing.folder.resolve("out/keys")).resolve("0000000001.txt");
    Files.writeString(taken, "somebody else's");
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      sealing.append(10, UUID.randomUUID());
      sealing.awaitSealed();
      quickly()
          .untilAsserted(() -> assertThat(Sealing.problem(sealer)).contains("says something else"));
    }
    assertThat(Files.readString(taken)).isEqualTo("somebody else's");
    Files.delete(taken);
    try (Sealer sealer = sealing.sealer("one", sink)) {
      sealer.start();
      awaitDelivered();
      quickly().until(() -> Sealing.problem(sealer) == null);
    }
  }

  private boolean appended(int events, UUID... tenants) {
    sealing.append(events, tenants);
    return true;
  }

  private void awaitDelivered() {
    sealing.awaitSealed();
    quickly()
        .until(
            () ->
                sink.newest().map(Sealed::number).orElse(0L)
                    == sealing.number("select max(number) from ledger.log_checkpoint"));
  }

  private long checkpoints() {
    return sealing.number("select count(*) from ledger.checkpoint");
  }

  private long logCheckpoints() {
    return sealing.number("select count(*) from ledger.log_checkpoint");
  }

  private static ConditionFactory quickly() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }
}
