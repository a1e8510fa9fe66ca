package io.varve.query;

import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds and lists things in the read models, always of the caller's own tenant. */
public final class Documents {

  private final Database database;
  private final Clock clock;
  private final Cursors cursors;

  private record Row<V>(V value, UUID id, String sortedBy) {}

  public Documents(Database database, Clock clock, Cursors cursors) {
    this.database = database;
    this.clock = clock;
    this.cursors = cursors;
  }

  /**
   * @throws io.varve.events.access.ForbiddenException if the caller may not read such things
   */
  public <V> Optional<V> find(Caller caller, Listing<V> listing, UUID id) {
    caller.require(listing.permission());
    Instant now = clock.instant();
    return database.queryOne(
        Scope.query(caller.tenant()),
        listing.one(),
        (statement, first) -> {
          statement.setObject(first, caller.tenant());
          statement.setObject(first + 1, id);
        },
        row -> listing.read(row, now));
  }

  /**
   * @throws NotThereException if there is no such thing in the caller's tenant
   * @throws io.varve.events.access.ForbiddenException if the caller may not read such things
   */
  public <V> V get(Caller caller, Listing<V> listing, UUID id) {
    return find(caller, listing, id).orElseThrow(() -> new NotThereException(listing.name()));
  }

  /**
   * A page of a list. Paging sees everything exactly once whose sorted field stays as it is
   * meanwhile; in the default order, that of creation, that is everything.
   *
   * @throws io.varve.events.rule.InvalidException if a filter, the sort, the limit or the cursor is
   *     not one that the list has
   * @throws io.varve.events.access.ForbiddenException if the caller may not read such things
   */
  public <V> Page<V> list(Caller caller, Listing<V> listing, ListRequest request) {
    caller.require(listing.permission());
    Sort sort = check(listing, request);
    boolean descending = request.sort() != null && request.sort().startsWith("-");
    String question = question(listing, request);
    @Nullable String cursor = request.cursor();
    List<String> place =
        cursor == null ? List.of() : cursors.read(caller.tenant(), question, cursor, 2);
    Instant now = clock.instant();
    List<Row<V>> rows =
        database.query(
            Scope.query(caller.tenant()),
            listing.page(sort, descending, place.isEmpty()),
            (statement, first) -> {
              statement.setObject(first, caller.tenant());
              int next = first + 1;
              for (Filter filter : listing.filters()) {
                next = filter.bind(statement, next, request.filters().get(filter.name()), now);
              }
              for (String value : place) {
                statement.setString(next++, value);
              }
              statement.setInt(next, request.limit() + 1);
            },
            row ->
                new Row<>(
                    listing.read(row, now), row.getObject(1, UUID.class), listing.sortedBy(row)));
    return page(caller.tenant(), question, rows, request.limit());
  }

  private <V> Page<V> page(UUID tenant, String question, List<Row<V>> rows, int limit) {
    List<Row<V>> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
    String next = null;
    if (rows.size() > limit) {
      Row<V> last = shown.getLast();
      next = cursors.write(tenant, question, List.of(last.sortedBy(), last.id().toString()));
    }
    return new Page<>(shown.stream().map(Row::value).toList(), next);
  }

  private static Sort check(Listing<?> listing, ListRequest request) {
    var rules = new Rules();
    rules.range("/limit", request.limit(), 1, ListRequest.MAX_LIMIT);
    for (Map.Entry<String, List<String>> asked : request.filters().entrySet()) {
      String pointer = "/" + asked.getKey();
      Optional<Filter> filter = listing.filter(asked.getKey());
      rules.hold(filter.isPresent(), pointer, "unknown", "is no filter of this list");
      int count = asked.getValue().size();
      rules.hold(
          count > 0 && count <= Filter.MAX_VALUES, pointer, "too-many", "has too many values");
      filter.ifPresent(known -> known.check(rules, asked.getValue()));
    }
    Optional<Sort> sort = sort(listing, request.sort());
    String names = String.join(", ", listing.sorts().stream().map(Sort::name).toList());
    rules.hold(sort.isPresent(), "/sort", "unknown", "must be one of " + names + ", or -…");
    rules.enforce();
    return sort.orElseThrow();
  }

  private static Optional<Sort> sort(Listing<?> listing, @Nullable String asked) {
    if (asked == null) {
      return Optional.of(listing.sorts().getFirst());
    }
    return listing.sort(asked.startsWith("-") ? asked.substring(1) : asked);
  }

  /** Everything that makes the list what it is, but not the size of its pages. */
  private static String question(Listing<?> listing, ListRequest request) {
    var parts = new ArrayList<Object>();
    parts.add(listing.name());
    parts.add(request.sort() == null ? "" : request.sort());
    parts.add(new TreeMap<>(request.filters()));
    return Json.write(parts);
  }
}
