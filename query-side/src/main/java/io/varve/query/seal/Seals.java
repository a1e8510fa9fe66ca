package io.varve.query.seal;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Nodes;
import io.varve.evidence.merkle.Proofs;
import io.varve.evidence.tile.Tile;
import io.varve.evidence.tile.TileNodes;
import io.varve.postgres.Columns;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerScan;
import io.varve.query.Cursors;
import io.varve.query.ListRequest;
import io.varve.query.NotThereException;
import io.varve.query.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proofs from the trees of the ledger, each from a few tiles. */
public final class Seals {

  public static final Permission PERMISSION = Permission.AUDIT_READ;

  private static final String QUESTION = "checkpoints";

  private static final String NUMBER =
      """
      select number from ledger.event where tenant_id = ? and event_id = ?
      """;

  private static final String CHECKPOINTS =
      """
      select size, root, at, log_index, note
        from ledger.checkpoint
       where tenant_id = ? and size <= ?
       order by size desc
       limit ?
      """;

  private static final String TILES =
      """
      select t.level, t.index, t.hashes
        from unnest(?, ?) as w (level, index)
        join ledger.tile t on t.tenant_id = ? and t.level = w.level and t.index = w.index
      """;

  private static final String LOG_TILES =
      """
      select t.level, t.index, t.hashes
        from unnest(?, ?) as w (level, index)
        join ledger.log_tile t on t.level = w.level and t.index = w.index
      """;

  private static final String LOG =
      """
      select size, root, note from ledger.log_checkpoint order by number desc limit 1
      """;

  private static final String KEYS =
      """
      select version, key, since, statement from ledger.seal_key order by version
      """;

  private final Database database;
  private final LedgerScan ledger;
  private final Cursors cursors;

  public Seals(Database database, Cursors cursors) {
    this.database = database;
    this.ledger = new LedgerScan(database);
    this.cursors = cursors;
  }

  /**
   * That an event of the caller's tenant is sealed.
   *
   * @return nothing for an event after the last checkpoint
   * @throws NotThereException if the tenant has no such event
   */
  public Optional<EventProof> proof(Caller caller, UUID eventId) {
    caller.require(PERMISSION);
    UUID tenant = caller.tenant();
    Scope scope = Scope.query(tenant);
    long number =
        database
            .queryOne(
                scope,
                NUMBER,
                (statement, first) -> {
                  statement.setObject(first, tenant);
                  statement.setObject(first + 1, eventId);
                },
                row -> row.getLong(1))
            .orElseThrow(() -> new NotThereException("event"));
    SealedTree tree = newest(tenant).orElse(null);
    if (tree == null || tree.size() < number) {
      return Optional.empty();
    }
    Envelope event = ledger.ofTenant(scope, tenant, number - 1, number, 1).getFirst();
    SealedLog log = log(tenant).orElseThrow();
    return Optional.of(
        new EventProof(
            event,
            tree,
            Proofs.inclusion(nodes(tenant, number - 1, tree.size()), number - 1, tree.size()),
            log,
            Proofs.inclusion(
                logNodes(tenant, tree.logIndex(), log.size()), tree.logIndex(), log.size())));
  }

  /** The checkpoints of the caller's tenant, the newest first. */
  public Page<SealedTree> checkpoints(Caller caller, int limit, @Nullable String cursor) {
    caller.require(PERMISSION);
    new Rules().range("/limit", limit, 1, ListRequest.MAX_LIMIT).enforce();
    UUID tenant = caller.tenant();
    long upTo =
        cursor == null
            ? Long.MAX_VALUE
            : Long.parseLong(cursors.read(tenant, QUESTION, cursor, 1).getFirst());
    List<SealedTree> found = checkpoints(tenant, upTo, limit + 1);
    boolean more = found.size() > limit;
    String next =
        more
            ? cursors.write(tenant, QUESTION, List.of(Long.toString(found.get(limit).size())))
            : null;
    return new Page<>(more ? found.subList(0, limit) : found, next);
  }

  /**
   * @throws NotThereException if nothing was signed when there were so many events
   */
  public SealedTree checkpoint(Caller caller, long size) {
    caller.require(PERMISSION);
    return checkpoints(caller.tenant(), size, 1).stream()
        .filter(found -> found.size() == size)
        .findFirst()
        .orElseThrow(() -> new NotThereException("checkpoint"));
  }

  /**
   * Between any two sizes of the tree of the caller's tenant, up to the newest checkpoint's.
   *
   * @throws io.varve.events.rule.InvalidException if these are no such sizes
   */
  public Consistency consistency(Caller caller, @Nullable Long from, @Nullable Long to) {
    caller.require(PERMISSION);
    UUID tenant = caller.tenant();
    long newest = newest(tenant).map(SealedTree::size).orElse(0L);
    return consistency(wanted -> tiles(tenant, wanted), from, to, newest);
  }

  /**
   * Between any two sizes of the log over all tenants, up to its newest checkpoint's.
   *
   * @throws io.varve.events.rule.InvalidException if these are no such sizes
   */
  public Consistency logConsistency(Caller caller, @Nullable Long from, @Nullable Long to) {
    caller.require(PERMISSION);
    UUID tenant = caller.tenant();
    long newest = log(tenant).map(SealedLog::size).orElse(0L);
    return consistency(wanted -> logTiles(tenant, wanted), from, to, newest);
  }

  /**
   * The log as it was signed last; nothing before the first time.
   *
   * @param tenant under which it is read: anybody's is good
   */
  public Optional<SealedLog> log(UUID tenant) {
    return database.queryOne(
        Scope.query(tenant),
        LOG,
        (statement, first) -> {},
        row -> new SealedLog(row.getLong(1), Hash.of(row.getBytes(2)), row.getString(3)));
  }

  /**
   * The keys that have sealed, the oldest first.
   *
   * @param tenant under which they are read: anybody's is good
   */
  public List<SealKey> keys(UUID tenant) {
    return database.query(
        Scope.query(tenant),
        KEYS,
        (statement, first) -> {},
        row ->
            new SealKey(
                row.getInt(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4)));
  }

  private static Consistency consistency(
      TileNodes.Reader reader, @Nullable Long from, @Nullable Long to, long newest) {
    var rules = new Rules().required("/from", from).required("/to", to);
    if (from != null && to != null) {
      rules.hold(from >= 1 && from <= to, "/from", "out-of-range", "must be from 1 to \"to\"");
      rules.hold(
          to <= newest,
          "/to",
          "out-of-range",
          "must be at most the size of the newest checkpoint, " + newest);
    }
    rules.enforce();
    long smaller = from == null ? 0 : from;
    long larger = to == null ? 0 : to;
    Set<Tile> wanted = new LinkedHashSet<>(Tile.around(smaller - 1, larger));
    wanted.addAll(Tile.around(smaller, larger));
    wanted.addAll(Tile.around(smaller - 1, smaller));
    var nodes = new TileNodes(reader, wanted);
    return new Consistency(
        smaller,
        Proofs.root(nodes, smaller),
        larger,
        Proofs.root(nodes, larger),
        Proofs.consistency(nodes, smaller, larger));
  }

  /** What was signed last of a tenant's tree. */
  public Optional<SealedTree> newest(UUID tenant) {
    return checkpoints(tenant, Long.MAX_VALUE, 1).stream().findFirst();
  }

  /** What was signed of a tenant's tree when there were so many events. */
  public Optional<SealedTree> atSize(UUID tenant, long size) {
    return checkpoints(tenant, size, 1).stream().filter(found -> found.size() == size).findFirst();
  }

  /** The hashes from a tenant's checkpoint to the root of the log. */
  public List<Hash> inLog(UUID tenant, SealedTree tree, SealedLog log) {
    return Proofs.inclusion(
        logNodes(tenant, tree.logIndex(), log.size()), tree.logIndex(), log.size());
  }

  /** All of a tenant's tree, of which not much is kept in memory. */
  public Nodes nodes(UUID tenant) {
    return new PassingNodes(wanted -> tiles(tenant, wanted));
  }

  private List<SealedTree> checkpoints(UUID tenant, long upTo, int limit) {
    return database.query(
        Scope.query(tenant),
        CHECKPOINTS,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setLong(first + 1, upTo);
          statement.setInt(first + 2, limit);
        },
        row ->
            new SealedTree(
                row.getLong(1),
                Hash.of(row.getBytes(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getLong(4),
                row.getString(5)));
  }

  private Nodes nodes(UUID tenant, long leaf, long size) {
    return new TileNodes(wanted -> tiles(tenant, wanted), Tile.around(leaf, size));
  }

  private Nodes logNodes(UUID tenant, long leaf, long size) {
    return new TileNodes(wanted -> logTiles(tenant, wanted), Tile.around(leaf, size));
  }

  private Map<Tile, byte[]> tiles(UUID tenant, Collection<Tile> wanted) {
    return byPlace(
        database.query(
            Scope.query(tenant),
            TILES,
            (statement, first) -> {
              new Columns<>(statement, List.copyOf(wanted), first)
                  .number(Tile::level)
                  .number(Tile::index);
              statement.setObject(first + 2, tenant);
            },
            Seals::tile));
  }

  private Map<Tile, byte[]> logTiles(UUID tenant, Collection<Tile> wanted) {
    return byPlace(
        database.query(
            Scope.query(tenant),
            LOG_TILES,
            (statement, first) ->
                new Columns<>(statement, List.copyOf(wanted), first)
                    .number(Tile::level)
                    .number(Tile::index),
            Seals::tile));
  }

  private static Map.Entry<Tile, byte[]> tile(ResultSet row) throws SQLException {
    return Map.entry(new Tile(row.getInt(1), row.getLong(2)), row.getBytes(3));
  }

  private static Map<Tile, byte[]> byPlace(List<Map.Entry<Tile, byte[]>> tiles) {
    var found = new HashMap<Tile, byte[]>();
    tiles.forEach(tile -> found.put(tile.getKey(), tile.getValue()));
    return found;
  }
}
