package io.varve.projections.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.evidence.note.NoteKey;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.seal.SealSettings;
import io.varve.projections.seal.Sealer;
import io.varve.projections.seal.sink.FolderSink;
import io.varve.projections.seal.sink.Sink;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A superuser can change everything in the database, past every trigger and policy. Whatever is
 * changed is found, and named.
 */
class LedgerVerificationTest {

  private static final UUID ACME = UUID.fromString("00000000-0000-7000-8000-00000000000a");
  private static final UUID BOLT = UUID.fromString("00000000-0000-7000-8000-00000000000b");
  private static final SealSettings OFTEN =
      new SealSettings(Duration.ofMillis(1), 100, Duration.ofHours(1), Duration.ofSeconds(3));

  @TempDir static Path folder;
  private static final RiskYears YEARS = new RiskYears(List.of(ACME, BOLT));
  private static final TestDatabase YESTERDAY = TestDatabase.migrated();
  private static TestDatabase today = YESTERDAY;
  private static @Nullable NoteKey key;

  private final TestDatabase ledger = today.copy();

  /** The ledger of yesterday, and the same ledger with the events of another day. */
  @BeforeAll
  static void seal() {
    append(YESTERDAY, 60);
    seal(YESTERDAY, new FolderSink(outside()));
    today = YESTERDAY.copy();
    append(today, 60);
    seal(today, new FolderSink(outside()));
    key = NoteKey.parse(one(today, "select key from ledger.seal_key where version = 1"));
  }

  @AfterAll
  static void drop() {
    today.close();
    YESTERDAY.close();
  }

  @AfterEach
  void forget() {
    ledger.close();
  }

  @Test
  void aLedgerThatNobodyTouchedIsAsItWasSealed() {
    Verdict verdict = verify(ledger);

    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.events()).isEqualTo(600);
    assertThat(verdict.sealed()).isEqualTo(600);
    assertThat(verdict.tenants()).isEqualTo(2);
    assertThat(verdict.streams()).isEqualTo(120);
    assertThat(verdict.checkpoints()).isGreaterThanOrEqualTo(12);
    assertThat(verdict.outside()).isEqualTo(verdict.logCheckpoints()).isGreaterThan(5);
  }

  @Test
  void eventsThatAreNotSealedYetAreNoFault() {
    append(ledger, 3);

    Verdict verdict = verify(ledger);

    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.events()).isEqualTo(615);
    assertThat(verdict.sealed()).isEqualTo(600);
  }

  @Test
  void theTextsOfWhoeverWasErasedAreCountedAndTheSealsHold() {
    tamper(
        """
        insert into ops.tenant_key (tenant_id, kek_version, wrapped)
          values ('00000000-0000-7000-8000-00000000000a', 1, 'x');
        insert into ops.subject_key (tenant_id, subject_id, erased)
          values ('00000000-0000-7000-8000-00000000000a', '00000000-0000-0007-0000-000000000007', now())
        """);

    Verdict verdict = verify(ledger);

    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.erased()).isEqualTo(300);
  }

  @Test
  void aChangedPayloadIsFound() {
    tamper(
        """
        update ledger.event set payload = '{"likelihood":1,"impact":1}'
         where tenant_id = '00000000-0000-7000-8000-00000000000a' and number = 117
        """);

    assertThat(fault()).startsWith("Event 117 of tenant " + ACME + " (risk.reassessed");
  }

  @Test
  void aSpaceThatChangesNoMeaningIsFound() {
    tamper(
        "update ledger.event set provenance = (provenance::text || ' ')::json where position = 333");

    assertThat(fault()).contains("is not as it was sealed");
  }

  @Test
  void aChangedActorIsFound() {
    tamper("update ledger.event set actor_id = uuidv7() where position = 42");

    assertThat(fault()).startsWith("Event ").contains("is not as it was sealed");
  }

  @Test
  void aRemovedEventIsFound() {
    tamper("delete from ledger.event where position = 250");

    assertThat(fault()).isEqualTo("The event at position 250 is missing");
  }

  @Test
  void aRemovedEventIsFoundAlsoWhereTheGapIsClosed() {
    tamper(
        """
        delete from ledger.event where position = 250;
        alter table ledger.event drop constraint event_position_key, drop constraint event_pkey;
        update ledger.event set position = position - 1 where position > 250;
        update ledger.event e set number = number - 1
         where tenant_id = '00000000-0000-7000-8000-00000000000b' and number > 125;
        update ledger.head set position = position - 1
        """);

    assertThat(fault())
        .startsWith("Event 125 of tenant " + BOLT)
        .contains("is not as it was sealed");
  }

  @Test
  void theLastEventsAreMissed() {
    tamper(
        """
        delete from ledger.event where position > 590;
        update ledger.head set position = 590
        """);

    assertThat(fault()).endsWith("and has fewer");
  }

  @Test
  void anInsertedEventIsFound() {
    tamper(
        """
        alter table ledger.event drop constraint event_position_key, drop constraint event_pkey,
          drop constraint event_tenant_id_id_sequence_key, drop constraint event_event_id_key;
        update ledger.event set position = position + 1 where position > 100;
        update ledger.event set number = number + 1
         where tenant_id = (select tenant_id from ledger.event where position = 100)
           and number > (select number from ledger.event where position = 100);
        insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                  actor_kind, actor_id, payload, provenance)
        select 101, tenant_id, number + 1, 'risk', uuidv7(), 0, uuidv7(), 'risk.closed', 1, at, 'user', actor_id,
               '{}', provenance
          from ledger.event where position = 100;
        update ledger.head set position = position + 1
        """);

    assertThat(fault())
        .startsWith("Event ")
        .contains("(risk.closed")
        .contains("not as it was sealed");
  }

  @Test
  void twoEventsInTheOtherOrderAreFound() {
    tamper(
        """
        alter table ledger.event drop constraint event_position_key, drop constraint event_pkey;
        update ledger.event e
           set position = case position when 301 then 302 else 301 end,
               number = (select number from ledger.event o where o.position = 603 - e.position)
         where position in (301, 302)
        """);

    assertThat(fault()).startsWith("Event ").contains("is not as it was sealed");
  }

  /** With the key, and so that nothing in the database contradicts itself. */
  @Test
  void aTailThatIsWrittenAnewWithAllHashesIsFoundByWhatIsKeptOutside() {
    tamper(
        """
        update ledger.event
           set payload = replace(payload::text, 'Availability', 'Nothing')::json,
               provenance = replace(provenance::text, 'Availability', 'Nothing')::json
         where position = (select max(position) from ledger.event where type = 'risk.identified');
        truncate ledger.tile, ledger.checkpoint, ledger.log_tile, ledger.log_checkpoint;
        update ops.sealing set position = 0
        """);
    seal(ledger);

    assertThat(inside(ledger, key).fault()).isEmpty();
    assertThat(fault()).contains("is not the one that is kept outside");
  }

  @Test
  void anOldBackupInThePlaceOfTheLedgerIsFoundByWhatIsKeptOutside() {
    try (TestDatabase restored = YESTERDAY.copy()) {
      assertThat(inside(restored, key).fault()).isEmpty();
      assertThat(verify(restored).fault().orElseThrow())
          .contains("an older state was put in the place of a newer one");
    }
  }

  @Test
  void anOldBackupThatWentOnIsFoundByWhatIsKeptOutside() {
    try (TestDatabase restored = YESTERDAY.copy()) {
      append(restored, 60);
      seal(restored);

      assertThat(verify(restored).fault().orElseThrow())
          .contains("is not the one that is kept outside");
    }
  }

  /** As many events, as many entries of the log, and the right key; but another root. */
  @Test
  void twoCheckpointsOfOneSizeAreFoundByWhatIsKeptOutside() {
    long size = Long.parseLong(one(ledger, "select max(size) from ledger.log_checkpoint"));
    tamper(
        """
        update ledger.event set at = at + interval '1 second' where position = 600;
        truncate ledger.tile, ledger.log_tile, ledger.checkpoint, ledger.log_checkpoint;
        update ops.sealing set position = 0
        """);
    seal(ledger);

    assertThat(one(ledger, "select max(size) from ledger.log_checkpoint")).isEqualTo("" + size);
    assertThat(inside(ledger, key).fault()).isEmpty();
    assertThat(fault()).contains("is not the one that is kept outside");
  }

  @Test
  void aKeyInThePlaceOfTheKeyIsFoundByWhoeverKnowsTheFirst(@TempDir Path other) {
    tamper(
        """
        truncate ledger.tile, ledger.checkpoint, ledger.log_tile, ledger.log_checkpoint, ledger.seal_key;
        update ops.sealing set position = 0
        """);
    seal(ledger, other.resolve(SealKeys.NAME));

    assertThat(inside(ledger, null).fault()).isEmpty();
    assertThat(fault()).startsWith("The keys that seal are not vouched for");
  }

  @Test
  void aSignatureOverSomethingElseIsFound() {
    tamper(
        """
        update ledger.checkpoint c set note = (select note from ledger.checkpoint where log_index = 1)
         where log_index = 3
        """);

    assertThat(fault()).contains("is not signed by a key that is trusted, or says something else");
  }

  @Test
  void aDroppedCheckpointIsFound() {
    tamper("delete from ledger.checkpoint where log_index = 3");

    assertThat(fault()).isEqualTo("Checkpoint 3 of the log is missing");
  }

  @Test
  void aChangedTileFromWhichFalseProofsWouldBeMadeIsFound() {
    tamper("update ledger.tile set hashes = set_byte(hashes, 31, 255 - get_byte(hashes, 31))");

    assertThat(fault()).startsWith("The tile 0 of level 0 of tenant ");
  }

  /** Sealed as it was written: by whoever has the application and not only the database. */
  @Test
  void aDiffThatDoesNotTellWhatChangedIsFound() {
    try (TestDatabase lying = TestDatabase.migrated()) {
      append(lying, 3);
      tamper(
          lying,
          """
              update ledger.event
                 set provenance = replace(provenance::text, '"path":"/likelihood","from":2,"to":3', '"path":"/likelihood","from":2,"to":4')::json
               where position = 7
              """);
      seal(lying);

      assertThat(inside(lying, null).fault().orElseThrow())
          .startsWith("Event ")
          .endsWith("says that it changed /likelihood, which it did not, or not so");
    }
  }

  private String fault() {
    return verify(ledger).fault().orElse("nothing was found");
  }

  private static Verdict verify(TestDatabase database) {
    return verify(database, OutsideCheckpoints.in(outside()), key);
  }

  /** By what the database says alone. */
  private static Verdict inside(TestDatabase database, @Nullable NoteKey pinned) {
    return verify(database, OutsideCheckpoints.NONE, pinned);
  }

  private static Verdict verify(
      TestDatabase test, OutsideCheckpoints outside, @Nullable NoteKey pinned) {
    try (Database database = new Database(test.login(), 4)) {
      return new LedgerVerification(database, outside, (phase, done, total) -> {})
          .verify(pinned, true);
    }
  }

  private static Path outside() {
    return folder.resolve("outside");
  }

  private static void append(TestDatabase test, int risks) {
    try (Database database = new Database(test.login(), 2)) {
      new TestLedger(database).append(YEARS.next(risks), Instant.now());
    }
  }

  private static void seal(TestDatabase test, Sink... sinks) {
    seal(test, folder.resolve(SealKeys.NAME), sinks);
  }

  private static void seal(TestDatabase test, Path keyFile, Sink... sinks) {
    SealKeys keys = SealKeys.open(keyFile, Clock.systemUTC());
    try (Database database = new Database(test.login(), 4);
        Sealer sealer =
            new Sealer(database, Clock.systemUTC(), keys, List.of(sinks), OFTEN, "node")) {
      sealer.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> isSealed(database, sinks.length > 0));
    }
  }

  private static boolean isSealed(Database database, boolean delivered) {
    return database
        .queryOne(
            Scope.projector(),
            """
            select s.position = h.position
                   and (not ? or (select min(checkpoint) from ops.seal_sink)
                                 = (select max(number) from ledger.log_checkpoint))
              from ops.sealing s, ledger.head h
            """,
            (statement, first) -> statement.setBoolean(first, delivered),
            row -> row.getBoolean(1))
        .orElse(false);
  }

  private static String one(TestDatabase test, String sql) {
    try {
      return String.valueOf(Sql.one(test.superuser(), sql));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tamper(String sql) {
    tamper(ledger, sql);
  }

  private static void tamper(TestDatabase test, String sql) {
    try {
      Sql.run(
          test.superuser(),
          """
          alter table ledger.event disable trigger all;
          alter table ledger.checkpoint disable trigger all;
          alter table ledger.log_checkpoint disable trigger all;
          alter table ledger.seal_key disable trigger all;
          """
              + sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
