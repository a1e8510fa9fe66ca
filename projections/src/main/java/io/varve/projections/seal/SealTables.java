package io.varve.projections.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.tile.Tile;
import io.varve.postgres.Columns;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is stored of the seals, in SQL. */
final class SealTables {

  private static final String PLATFORM =
      """
      select platform_id, position from ledger.head
      """;

  private static final String NEWEST =
      """
      select number, size, root, at, (select coalesce(max(log_index) + 1, 0) from ledger.checkpoint)
        from ledger.log_checkpoint
       order by number desc
       limit 1
      """;

  private static final String NOTE =
      """
      select note from ledger.log_checkpoint where number = ?
      """;

  private static final String KEYS =
      """
      select version, key from ledger.seal_key order by version
      """;

  private static final String TENANTS =
      """
      select tenant_id from ledger.counter where tenant_id > ? order by tenant_id limit ?
      """;

  private static final String TREES =
      """
      select w.tenant_id, c.size, c.root
        from unnest(cast(? as uuid[])) as w (tenant_id)
       cross join lateral (
         select size, root from ledger.checkpoint where tenant_id = w.tenant_id order by size desc limit 1) c
      """;

  private static final String TILES =
      """
      select t.tenant_id, t.level, t.index, t.hashes
        from unnest(cast(? as uuid[]), ?, ?) as w (tenant_id, level, index)
        join ledger.tile t on t.tenant_id = w.tenant_id and t.level = w.level and t.index = w.index
      """;

  private static final String LOG_TILES =
      """
      select t.level, t.index, t.hashes
        from unnest(?, ?) as w (level, index)
        join ledger.log_tile t on t.level = w.level and t.index = w.index
      """;

  private static final String WRITE_TILES =
      """
      insert into ledger.tile (tenant_id, level, index, hashes)
      select * from unnest(cast(? as uuid[]), cast(? as smallint[]), ?, ?)
          on conflict (tenant_id, level, index) do update set hashes = excluded.hashes
      """;

  private static final String WRITE_LOG_TILES =
      """
      insert into ledger.log_tile (level, index, hashes)
      select * from unnest(cast(? as smallint[]), ?, ?)
          on conflict (level, index) do update set hashes = excluded.hashes
      """;

  private static final String WRITE_CHECKPOINTS =
      """
      insert into ledger.checkpoint (at, tenant_id, size, root, log_index, note)
      select ?, * from unnest(cast(? as uuid[]), ?, ?, ?, cast(? as text[]))
      """;

  private static final String WRITE_LOG_CHECKPOINT =
      """
      insert into ledger.log_checkpoint (number, size, root, at, note) values (?, ?, ?, ?, ?)
      """;

  private static final String WRITE_KEY =
      """
      insert into ledger.seal_key (version, key, since, statement) values (?, ?, ?, ?)
      """;

  private final Database database;

  /** The installation, and the position of its last event. */
  record Head(UUID platform, long position) {}

  /** The newest checkpoint of the log, and how many notes there are for the log. */
  record LogState(long number, long size, Hash root, Instant at, long notes) {

    static final LogState NONE = new LogState(0, 0, Merkle.EMPTY, Instant.EPOCH, 0);
  }

  /** What was signed last of a tenant's tree. */
  record TreeState(long size, Hash root) {}

  record KeyState(int version, String vkey) {}

  record TenantTile(UUID tenant, Tile tile) {}

  /** A tenant's checkpoint, signed. */
  record Signed(UUID tenant, long size, Hash root, long logIndex, String note) {

    byte[] noteBytes() {
      return note.getBytes(UTF_8);
    }
  }

  SealTables(Database database) {
    this.database = database;
  }

  Head head() {
    return database
        .queryOne(
            Scope.projector(),
            PLATFORM,
            (statement, first) -> {},
            row -> new Head(row.getObject(1, UUID.class), row.getLong(2)))
        .orElseThrow();
  }

  LogState newest() {
    return database
        .queryOne(
            Scope.projector(),
            NEWEST,
            (statement, first) -> {},
            row ->
                new LogState(
                    row.getLong(1),
                    row.getLong(2),
                    Hash.of(row.getBytes(3)),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getLong(5)))
        .orElse(LogState.NONE);
  }

  Optional<String> note(long number) {
    return database.queryOne(
        Scope.projector(),
        NOTE,
        (statement, first) -> statement.setLong(first, number),
        row -> row.getString(1));
  }

  List<KeyState> keys() {
    return database.query(
        Scope.projector(),
        KEYS,
        (statement, first) -> {},
        row -> new KeyState(row.getInt(1), row.getString(2)));
  }

  /** Who has events: some, in the order of their ids. */
  List<UUID> tenants(UUID after, int limit) {
    return database.query(
        Scope.projector(),
        TENANTS,
        (statement, first) -> {
          statement.setObject(first, after);
          statement.setInt(first + 1, limit);
        },
        row -> row.getObject(1, UUID.class));
  }

  Map<UUID, TreeState> trees(Collection<UUID> tenants) {
    var found = new HashMap<UUID, TreeState>();
    database
        .query(
            Scope.projector(),
            TREES,
            (statement, first) ->
                new Columns<>(statement, List.copyOf(tenants), first).text(tenant -> tenant),
            row ->
                Map.entry(
                    row.getObject(1, UUID.class),
                    new TreeState(row.getLong(2), Hash.of(row.getBytes(3)))))
        .forEach(tree -> found.put(tree.getKey(), tree.getValue()));
    return found;
  }

  Map<UUID, Map<Tile, byte[]>> tiles(List<TenantTile> wanted) {
    var found = new HashMap<UUID, Map<Tile, byte[]>>();
    database
        .query(
            Scope.projector(),
            TILES,
            (statement, first) ->
                new Columns<>(statement, wanted, first)
                    .text(TenantTile::tenant)
                    .number(one -> one.tile().level())
                    .number(one -> one.tile().index()),
            row ->
                Map.entry(
                    new TenantTile(
                        row.getObject(1, UUID.class), new Tile(row.getInt(2), row.getLong(3))),
                    row.getBytes(4)))
        .forEach(
            tile ->
                found
                    .computeIfAbsent(tile.getKey().tenant(), tenant -> new HashMap<>())
                    .put(tile.getKey().tile(), tile.getValue()));
    return found;
  }

  Map<Tile, byte[]> logTiles(Collection<Tile> wanted) {
    var found = new HashMap<Tile, byte[]>();
    database
        .query(
            Scope.projector(),
            LOG_TILES,
            (statement, first) ->
                new Columns<>(statement, List.copyOf(wanted), first)
                    .number(Tile::level)
                    .number(Tile::index),
            row -> Map.entry(new Tile(row.getInt(1), row.getLong(2)), row.getBytes(3)))
        .forEach(tile -> found.put(tile.getKey(), tile.getValue()));
    return found;
  }

  static void writeTiles(Connection connection, Map<TenantTile, byte[]> tiles) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_TILES)) {
      new Columns<>(statement, List.copyOf(tiles.entrySet()))
          .text(one -> one.getKey().tenant())
          .number(one -> one.getKey().tile().level())
          .number(one -> one.getKey().tile().index())
          .bytes(Map.Entry::getValue);
      statement.executeUpdate();
    }
  }

  static void writeLogTiles(Connection connection, Map<Tile, byte[]> tiles) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_LOG_TILES)) {
      new Columns<>(statement, List.copyOf(tiles.entrySet()))
          .number(one -> one.getKey().level())
          .number(one -> one.getKey().index())
          .bytes(Map.Entry::getValue);
      statement.executeUpdate();
    }
  }

  static void writeCheckpoints(Connection connection, List<Signed> checkpoints, Instant at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_CHECKPOINTS)) {
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      new Columns<>(statement, checkpoints, 2)
          .text(Signed::tenant)
          .number(Signed::size)
          .bytes(one -> one.root().bytes())
          .number(Signed::logIndex)
          .text(Signed::note);
      statement.executeUpdate();
    }
  }

  static void writeLogCheckpoint(
      Connection connection, long number, long size, Hash root, Instant at, String note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_LOG_CHECKPOINT)) {
      statement.setLong(1, number);
      statement.setLong(2, size);
      statement.setBytes(3, root.bytes());
      statement.setObject(4, at.atOffset(ZoneOffset.UTC));
      statement.setString(5, note);
      statement.executeUpdate();
    }
  }

  static void writeKey(Connection connection, KeyState key, Instant since, String note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE_KEY)) {
      statement.setInt(1, key.version());
      statement.setString(2, key.vkey());
      statement.setObject(3, since.atOffset(ZoneOffset.UTC));
      statement.setString(4, note);
      statement.executeUpdate();
    }
  }
}
