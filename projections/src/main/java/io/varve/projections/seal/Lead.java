package io.varve.projections.seal;

import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import io.varve.evidence.tile.Tile;
import io.varve.evidence.tile.TileTree;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.projections.seal.Forest.Tree;
import io.varve.projections.seal.Ring.Introduction;
import io.varve.projections.seal.SealTables.Head;
import io.varve.projections.seal.SealTables.LogState;
import io.varve.projections.seal.SealTables.Signed;
import io.varve.projections.seal.SealTables.TenantTile;
import io.varve.projections.seal.SealTables.TreeState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sealing by the node that leads, from when it takes the lead until anything fails: then it is
 * thrown away, with all that it holds in memory, and the next one begins with what is stored.
 *
 * <p>Each step is one transaction: tiles, tenants' checkpoints, the log's tiles and its checkpoint,
 * new keys, and the position up to which all that goes.
 */
final class Lead {

  private final Database database;
  private final Clock clock;
  private final Lease lease;
  private final Pages pages;
  private final Forest forest;
  private final Ring ring;
  private final UUID platform;
  private final TileTree log;
  private long position;
  private long number;
  private Instant last;

  /**
   * @param position up to which events are sealed
   * @throws SealRefusedException if what is stored does not agree with itself
   */
  Lead(
      Database database,
      Clock clock,
      SealKeys keys,
      SealSettings settings,
      Lease lease,
      long position) {
    var tables = new SealTables(database);
    Head head = tables.head();
    LogState newest = tables.newest();
    this.database = database;
    this.clock = clock;
    this.lease = lease;
    this.pages = new Pages(database, settings.events());
    this.platform = head.platform();
    this.forest = new Forest(tables, platform);
    this.ring = new Ring(keys, platform, tables.keys());
    this.log =
        Forest.restore(
            new TreeState(newest.size(), newest.root()), tables.logTiles(Tile.edge(newest.size())));
    this.position = position;
    this.number = newest.number();
    this.last = newest.at();
    if (newest.notes() != newest.size()) {
      throw new SealRefusedException("The log's size is not the number of checkpoints in it.");
    }
    if (head.position() < position || forest.verifyAll() != position) {
      throw new SealRefusedException(
          "More is sealed than the ledger holds, or less than was said.");
    }
  }

  /** Up to where events are sealed. */
  long position() {
    return position;
  }

  /** How long ago the log's newest checkpoint was made. */
  Duration idle() {
    return Duration.between(last, clock.instant());
  }

  /**
   * Seals the next events together.
   *
   * @param head the position of the last event, as far as is known
   */
  void seal(long head) {
    List<Envelope> events = pages.after(position, head);
    List<Hash> leaves = events.parallelStream().map(Envelope::leafHash).toList();
    var tenants = new LinkedHashMap<UUID, Tree>(forest.trees(tenantsOf(events)));
    for (int i = 0; i < leaves.size(); i++) {
      append(events.get(i), position + i + 1, tenants, leaves.get(i));
    }
    commit(position + events.size(), tenants);
    forest.trim();
  }

  /** Signs the log as it is, so that it shows that nothing has happened. */
  void sealNothing() {
    commit(position, Map.of());
  }

  private static List<UUID> tenantsOf(List<Envelope> events) {
    return events.stream().map(Envelope::tenant).distinct().toList();
  }

  private static void append(Envelope event, long expected, Map<UUID, Tree> tenants, Hash leaf) {
    Tree tree = tenants.get(event.tenant());
    if (tree == null || event.position() != expected || event.number() != tree.tiles.size() + 1) {
      throw new SealRefusedException("The ledger has a gap at position " + expected + ".");
    }
    tree.tiles.append(leaf);
  }

  private void commit(long upTo, Map<UUID, Tree> tenants) {
    Instant at = now();
    Ring.Turn turn = ring.turn(log.size(), number + 1, at);
    if (!turn.introductions().isEmpty()) {
      forest.forgetSigners();
    }
    List<Signed> signed = sign(tenants, turn.signer(), at);
    signed.forEach(one -> log.append(Merkle.leaf(one.noteBytes())));
    Note note = sign(turn.signer(), Origin.ofLog(platform), log, number + 1, at);
    Map<TenantTile, byte[]> tiles = changed(tenants);
    Map<Tile, byte[]> logTiles = log.changed();
    database.transact(
        Scope.projector(tenants.keySet()),
        connection -> {
          lease.advance(connection, position, upTo);
          introduce(connection, turn.introductions(), at);
          if (!signed.isEmpty()) {
            SealTables.writeTiles(connection, tiles);
            SealTables.writeCheckpoints(connection, signed, at);
            SealTables.writeLogTiles(connection, logTiles);
          }
          SealTables.writeLogCheckpoint(
              connection, number + 1, log.size(), log.root(), at, note.toString());
          return upTo;
        });
    position = upTo;
    number++;
    last = at;
    ring.taken(turn);
  }

  private List<Signed> sign(Map<UUID, Tree> tenants, NoteSigner key, Instant at) {
    var unsigned = new ArrayList<>(tenants.entrySet());
    List<Note> notes =
        unsigned.parallelStream()
            .map(
                one ->
                    Note.sign(
                        new Checkpoint(
                                Origin.ofTenant(platform, one.getKey()),
                                one.getValue().tiles.size(),
                                one.getValue().tiles.root(),
                                List.of("time " + at))
                            .text(),
                        forest.signer(one.getKey(), one.getValue(), key)))
            .toList();
    var signed = new ArrayList<Signed>();
    for (int i = 0; i < notes.size(); i++) {
      TileTree tree = unsigned.get(i).getValue().tiles;
      signed.add(
          new Signed(
              unsigned.get(i).getKey(),
              tree.size(),
              tree.root(),
              log.size() + i,
              notes.get(i).toString()));
    }
    return signed;
  }

  private static Note sign(
      NoteSigner signer, String origin, TileTree log, long number, Instant at) {
    var checkpoint =
        new Checkpoint(origin, log.size(), log.root(), List.of("number " + number, "time " + at));
    return Note.sign(checkpoint.text(), signer);
  }

  private static Map<TenantTile, byte[]> changed(Map<UUID, Tree> tenants) {
    var changed = new LinkedHashMap<TenantTile, byte[]>();
    tenants.forEach(
        (tenant, tree) ->
            tree.tiles
                .changed()
                .forEach((tile, hashes) -> changed.put(new TenantTile(tenant, tile), hashes)));
    return changed;
  }

  private static void introduce(Connection connection, List<Introduction> introductions, Instant at)
      throws SQLException {
    for (Introduction one : introductions) {
      SealTables.writeKey(connection, one.key(), at, one.statement().toString());
    }
  }

  /** Never before the last time, whatever the clock does. */
  private Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return now.isBefore(last) ? last : now;
  }
}
