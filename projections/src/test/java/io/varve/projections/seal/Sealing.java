package io.varve.projections.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceId;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.key.KeyChain;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerScan;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import io.varve.projections.seal.sink.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ledger, sealers of it, and a check of all that they have stored against the events. */
final class Sealing implements AutoCloseable {

  /** Seals at once, a few events together, and nothing because nothing happened. */
  static final SealSettings QUICK =
      new SealSettings(Duration.ofMillis(1), 100, Duration.ofHours(1), Duration.ofSeconds(3));

  final TestDatabase test = TestDatabase.migrated();
  final Database database = new Database(test.login(), 8);
  final TestLedger ledger = new TestLedger(database);
  final Path folder;
  final UUID platform;
  private final Random random = new Random(7);

  Sealing() {
    try {
      this.folder = Files.createTempDirectory("seals");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.platform = UUID.fromString(one("select platform_id from ledger.head"));
  }

  Sealer sealer(String node, Sink... sinks) {
    return sealer(node, QUICK, Clock.systemUTC(), sinks);
  }

  Sealer sealer(String node, SealSettings settings, Clock clock, Sink... sinks) {
    return new Sealer(database, clock, keys(), List.of(sinks), settings, node);
  }

  SealKeys keys() {
    return SealKeys.open(keyFile(), Clock.systemUTC());
  }

  Path keyFile() {
    return folder.resolve(SealKeys.NAME);
  }

  /** Events of some tenants, in one group. */
  void append(int events, UUID... tenants) {
    var facts = new ArrayList<Fact>();
    for (int i = 0; i < events; i++) {
      var id = new SourceId(UUID.randomUUID());
      facts.add(
          new Fact(
              tenants[random.nextInt(tenants.length)],
              id.value(),
              0,
              new SourceRegistered(
                  id,
                  "Scanner " + i,
                  Source.Kind.MANUAL,
                  null,
                  null,
                  Source.Auth.NONE,
                  Schedule.DAILY,
                  Config.empty())));
    }
    ledger.append(facts, Instant.now());
  }

  static UUID[] tenants(int count) {
    var tenants = new UUID[count];
    for (int i = 0; i < count; i++) {
      tenants[i] = UUID.randomUUID();
    }
    return tenants;
  }

  void awaitSealed() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(number("select position from ops.sealing"))
                    .isEqualTo(number("select position from ledger.head")));
  }

  long number(String sql) {
    return Long.parseLong(one(sql));
  }

  String one(String sql) {
    return database
        .queryOne(Scope.projector(), sql, (statement, first) -> {}, row -> row.getString(1))
        .orElseThrow();
  }

  void sql(String sql) {
    try {
      Sql.run(test.superuser(), sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever anybody can check who has the first key and all that is stored. */
  void verify() {
    List<Note> statements = notes("select statement from ledger.seal_key order by version");
    KeyChain chain =
        KeyChain.follow(
            NoteKey.parse(one("select key from ledger.seal_key where version = 1")), statements);
    assertThat(chain.keys()).hasSize(statements.size());
    verifyTenants(chain);
    verifyLog(chain);
  }

  private void verifyTenants(KeyChain chain) {
    Map<UUID, List<Hash>> roots = new HashMap<>();
    Map<UUID, CompactRange> trees = new HashMap<>();
    for (Envelope event : new LedgerScan(database).all(0, Long.MAX_VALUE, 1_000_000)) {
      CompactRange tree = trees.computeIfAbsent(event.tenant(), tenant -> new CompactRange());
      assertThat(event.number()).isEqualTo(tree.size() + 1);
      tree.append(event.leafHash());
      roots.computeIfAbsent(event.tenant(), t -> new ArrayList<>()).add(tree.root());
    }
    Map<UUID, Long> sizes = new HashMap<>();
    for (Stored stored : stored()) {
      String origin = Origin.ofTenant(platform, stored.tenant());
      Checkpoint checkpoint = Checkpoint.parse(stored.note().text());
      assertThat(stored.note().isSignedBy(chain.ofNote(stored.logIndex()).named(origin))).isTrue();
      assertThat(checkpoint.origin()).isEqualTo(origin);
      assertThat(checkpoint.size()).isEqualTo(stored.size());
      assertThat(checkpoint.root())
          .isEqualTo(stored.root())
          .isEqualTo(roots.getOrDefault(stored.tenant(), List.of()).get((int) stored.size() - 1));
      assertThat(sizes.put(stored.tenant(), stored.size()))
          .satisfies(before -> assertThat(before == null ? 0 : before).isLessThan(stored.size()));
    }
    roots.forEach((tenant, all) -> assertThat(sizes.get(tenant)).isEqualTo(all.size()));
  }

  private void verifyLog(KeyChain chain) {
    var log = new CompactRange();
    List<Hash> roots = new ArrayList<>(List.of(Merkle.EMPTY));
    for (Note note : notes("select note from ledger.checkpoint order by log_index")) {
      log.append(Merkle.leaf(note.bytes()));
      roots.add(log.root());
    }
    long number = 0;
    long size = 0;
    for (Note note : notes("select note from ledger.log_checkpoint order by number")) {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      assertThat(checkpoint.origin()).isEqualTo(Origin.ofLog(platform));
      assertThat(checkpoint.extensions().getFirst()).isEqualTo("number " + ++number);
      assertThat(checkpoint.root()).isEqualTo(roots.get((int) checkpoint.size()));
      assertThat(checkpoint.size()).isGreaterThanOrEqualTo(size);
      assertThat(note.isSignedBy(chain.ofCheckpoint(number))).isTrue();
      size = checkpoint.size();
    }
    assertThat(size).isEqualTo(log.size());
  }

  private record Stored(UUID tenant, long size, Hash root, long logIndex, Note note) {}

  private List<Stored> stored() {
    return database.query(
        Scope.projector(),
        "select tenant_id, size, root, log_index, note from ledger.checkpoint order by log_index",
        (statement, first) -> {},
        row ->
            new Stored(
                row.getObject(1, UUID.class),
                row.getLong(2),
                Hash.of(row.getBytes(3)),
                row.getLong(4),
                Note.parse(row.getString(5).getBytes(UTF_8))));
  }

  List<Note> notes(String sql) {
    return database.query(
        Scope.projector(),
        sql,
        (statement, first) -> {},
        row -> Note.parse(row.getString(1).getBytes(UTF_8)));
  }

  static @Nullable String problem(Sealer sealer) {
    return sealer.health().problem();
  }

  @Override
  public void close() {
    database.close();
    test.close();
  }
}
