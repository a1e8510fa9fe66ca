package io.varve.projections.document;

import static java.util.Comparator.comparing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.Streams;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Tenant;
import io.varve.projections.feed.LedgerEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The projection of every stream into its documents. It folds a batch in memory and writes each
 * document that the batch touches once.
 */
public final class Documents {

  /** Characters of states that are kept. */
  private static final long KEPT = 12L << 20;

  private static final int OVERHEAD = 300;

  private final Map<StreamDefinition<?, ?>, DocumentTable> tables =
      Streams.all().stream().collect(Collectors.toMap(Function.identity(), DocumentTable::new));

  /** A state is of use only where the next event is the one after it, whatever happened since. */
  private final Cache<StreamKey, Folded> recent =
      Caffeine.newBuilder()
          .maximumWeight(KEPT)
          .weigher((StreamKey key, Folded folded) -> OVERHEAD + folded.size())
          .executor(Runnable::run)
          .build();

  private final UUID platform;

  /** An event of the batch and what it says. */
  public record Told(StreamKey key, LedgerEvent stored, TenantEvent event) {}

  /**
   * What a batch does.
   *
   * @param changes each stream that it changes, ordered by key
   * @param told its events, in the order of the ledger
   */
  public record Batch(List<Change> changes, List<Told> told) {}

  /**
   * @param platform the platform's own tenant, in which all homes can be listed
   */
  public Documents(UUID platform) {
    this.platform = platform;
  }

  /**
   * Folds new events in the order of the ledger, into the states that the read models hold.
   *
   * @throws IllegalStateException if an event before one of them is missing
   */
  public Batch fold(Connection connection, List<LedgerEvent> events) throws SQLException {
    var told = new ArrayList<Told>(events.size());
    var first = HashMap.<StreamKey, Told>newHashMap(events.size());
    for (LedgerEvent stored : events) {
      var one = new Told(new StreamKey(stored.tenant(), stored.id()), stored, stored.event());
      told.add(one);
      first.putIfAbsent(one.key(), one);
    }
    Map<StreamKey, Folded> found = find(connection, first);
    var changes = HashMap.<StreamKey, Change>newHashMap(first.size());
    for (Told one : told) {
      StreamKey key = one.key();
      Change change = changes.get(key);
      if (change == null) {
        change = new Change(key, EventTypes.catalog().streamOf(one.event()), found.get(key));
        changes.put(key, change);
      }
      change.fold(one.stored(), one.event());
    }
    return new Batch(changes.values().stream().sorted(comparing(Change::key)).toList(), told);
  }

  /** The tenants in which a change is read: its own, and those that govern it. */
  public Set<UUID> homes(Change change) {
    return homes(change.key(), change.after(), platform);
  }

  /**
   * The tenants in which a stream is read when it is in that state.
   *
   * @param platform the platform's own tenant
   */
  public static Set<UUID> homes(StreamKey key, State state, UUID platform) {
    var homes = new LinkedHashSet<UUID>();
    homes.add(key.tenant());
    if (state instanceof Tenant tenant) {
      homes.add(tenant.id().value());
      homes.add(tenant.organization().value());
      homes.add(platform);
    } else if (state instanceof Organization organization) {
      homes.add(organization.id().value());
      homes.add(platform);
    } else if (state instanceof Carrier carrier) {
      homes.add(carrier.id().value());
      homes.add(platform);
    }
    return homes;
  }

  /**
   * Writes each changed document once.
   *
   * @return what is to be {@linkplain #remember remembered} once the batch has been committed
   */
  public Map<StreamKey, Folded> write(Connection connection, Collection<Change> changes)
      throws SQLException {
    var rows = new HashMap<StreamDefinition<?, ?>, List<DocumentTable.Row>>();
    var written = new HashMap<StreamKey, Folded>();
    for (Change change : changes) {
      String doc = Json.write(change.after());
      Folded folded = change.folded(doc.length());
      written.put(change.key(), folded);
      List<DocumentTable.Row> table =
          rows.computeIfAbsent(change.stream(), stream -> new ArrayList<>());
      for (UUID home : homes(change)) {
        table.add(
            new DocumentTable.Row(home, change.key().id(), change.before() == null, folded, doc));
      }
    }
    for (StreamDefinition<?, ?> stream : Streams.all()) {
      List<DocumentTable.Row> table = rows.get(stream);
      if (table != null) {
        table(stream).write(connection, table);
      }
    }
    return written;
  }

  /** Keeps states that the next batches are likely to need. */
  public void remember(Map<StreamKey, Folded> committed) {
    recent.putAll(committed);
  }

  private Map<StreamKey, Folded> find(Connection connection, Map<StreamKey, Told> first)
      throws SQLException {
    var found = new HashMap<StreamKey, Folded>();
    var wanted = new HashMap<StreamDefinition<?, ?>, List<StreamKey>>();
    for (Map.Entry<StreamKey, Told> entry : first.entrySet()) {
      Folded kept = recent.getIfPresent(entry.getKey());
      Told one = entry.getValue();
      if (kept != null && kept.sequence() + 1 == one.stored().sequence()) {
        found.put(entry.getKey(), kept);
      } else if (one.stored().sequence() > 0) {
        StreamDefinition<?, ?> stream = EventTypes.catalog().streamOf(one.event());
        wanted.computeIfAbsent(stream, s -> new ArrayList<>()).add(entry.getKey());
      }
    }
    for (Map.Entry<StreamDefinition<?, ?>, List<StreamKey>> entry : wanted.entrySet()) {
      table(entry.getKey()).read(connection, entry.getValue(), found);
    }
    return found;
  }

  private DocumentTable table(StreamDefinition<?, ?> stream) {
    DocumentTable table = tables.get(stream);
    if (table == null) {
      throw new IllegalStateException("no table for " + stream.name());
    }
    return table;
  }
}
