package io.varve.query.audit;

import io.varve.events.audit.Term;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The trail as the ledger itself has it. */
final class TrailLedger {

  /** How many events are looked through at once where no index says which. */
  private static final int CHUNK = 512;

  /**
   * The first number whose event is not before a time. Time never goes backwards as numbers rise,
   * so halving the interval finds it by about twenty looks at the primary key, without an index on
   * the time that every append would pay for. Each look is a sub-select of its own: as a join the
   * planner may read the whole tenant.
   */
  private static final String FIRST_NOT_BEFORE =
      """
      with recursive
        interval (low, high) as (
          select 1::bigint, 1 + coalesce((select number from ledger.counter where tenant_id = ?), 0)
          union all
          select case when e.at < ? then e.number + 1 else low end,
                 case when e.at < ? then high else e.number end
            from interval
           cross join lateral (
                 select number, at from ledger.event
                  where tenant_id = ? and number = (low + high) / 2 offset 0) e
           where low < high
        )
      select max(low) from interval
      """;

  private static final String EXTENT =
      """
      select coalesce((select number from ledger.counter where tenant_id = ?), 0),
             coalesce((select number from read.audit_progress where tenant_id = ?), 0)
      """;

  private static final String OLDEST_FIRST =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ?
         and number >= ?
         and number < ?
         and coalesce(cast(? as uuid), actor_id) = actor_id
         and coalesce(cast(? as uuid), impersonator_id) is not distinct from impersonator_id
         and coalesce(cast(? as text), stream) = stream
         and coalesce(cast(? as uuid), id) = id
         and coalesce(cast(? as text), type) = type
         and coalesce(cast(? as text), request) is not distinct from request
       order by number
       limit ?
      """;

  private static final String NEWEST_FIRST =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ?
         and number >= ?
         and number < ?
         and coalesce(cast(? as uuid), actor_id) = actor_id
         and coalesce(cast(? as uuid), impersonator_id) is not distinct from impersonator_id
         and coalesce(cast(? as text), stream) = stream
         and coalesce(cast(? as uuid), id) = id
         and coalesce(cast(? as text), type) = type
         and coalesce(cast(? as text), request) is not distinct from request
       order by number desc
       limit ?
      """;

  private static final String THESE =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ? and number = any (?)
      """;

  private final Database database;

  /**
   * How far a tenant's events go.
   *
   * @param head the number of the last one
   * @param indexed the number of the last one that the index holds
   */
  record Extent(long head, long indexed) {}

  TrailLedger(Database database) {
    this.database = database;
  }

  Extent extent(UUID tenant) {
    return database
        .queryOne(
            Scope.query(tenant),
            EXTENT,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setObject(first + 1, tenant);
            },
            row -> new Extent(row.getLong(1), row.getLong(2)))
        .orElseThrow();
  }

  /** The numbers of a range whose events are of the time that is wanted. */
  Numbers within(UUID tenant, Numbers range, AuditFilter filter) {
    return new Numbers(
        filter.from() == null
            ? range.from()
            : Math.max(range.from(), firstNotBefore(tenant, filter.from())),
        filter.to() == null
            ? range.to()
            : Math.min(range.to(), firstNotBefore(tenant, filter.to())));
  }

  /** The first events of a range that are wanted, whatever their time, in an order. */
  List<AuditEntry> search(
      UUID tenant, AuditFilter filter, Numbers range, boolean newestFirst, int limit) {
    Set<Term> terms = filter.terms();
    if (terms.isEmpty()) {
      // Numbers have no gaps, so the first of them are known.
      return read(tenant, filter, range.first(limit, newestFirst), newestFirst, limit);
    }
    var found = new ArrayList<AuditEntry>();
    Numbers rest = range;
    while (!rest.isEmpty() && found.size() < limit) {
      Numbers chunk = rest.first(CHUNK, newestFirst);
      read(tenant, filter, chunk, newestFirst, CHUNK).stream()
          .filter(entry -> entry.has(terms))
          .forEach(found::add);
      rest = newestFirst ? rest.upTo(chunk.from() - 1) : rest.after(chunk.to() - 1);
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /** These events, in an order. */
  List<AuditEntry> these(UUID tenant, Collection<Long> numbers, boolean newestFirst) {
    Comparator<AuditEntry> order = Comparator.comparingLong(AuditEntry::number);
    return database
        .query(
            Scope.query(tenant),
            THESE,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setArray(
                  first + 1, statement.getConnection().createArrayOf("bigint", numbers.toArray()));
            },
            AuditEntry::read)
        .stream()
        .sorted(newestFirst ? order.reversed() : order)
        .toList();
  }

  private List<AuditEntry> read(
      UUID tenant, AuditFilter filter, Numbers range, boolean newestFirst, int limit) {
    return database.query(
        Scope.query(tenant),
        newestFirst ? NEWEST_FIRST : OLDEST_FIRST,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setLong(first + 1, range.from());
          statement.setLong(first + 2, range.to());
          bind(statement, first + 3, filter.actor());
          bind(statement, first + 4, filter.impersonator());
          statement.setString(first + 5, filter.stream());
          bind(statement, first + 6, filter.id());
          statement.setString(first + 7, filter.type());
          statement.setString(first + 8, filter.request());
          statement.setInt(first + 9, limit);
        },
        AuditEntry::read);
  }

  private static void bind(PreparedStatement statement, int index, @Nullable UUID value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.OTHER, "uuid");
    } else {
      statement.setObject(index, value);
    }
  }

  private long firstNotBefore(UUID tenant, Instant time) {
    OffsetDateTime at = bounded(time).atOffset(ZoneOffset.UTC);
    return database
        .queryOne(
            Scope.query(tenant),
            FIRST_NOT_BEFORE,
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setObject(first + 1, at);
              statement.setObject(first + 2, at);
              statement.setObject(first + 3, tenant);
            },
            row -> row.getLong(1))
        .orElseThrow();
  }

  /** What PostgreSQL can hold. */
  private static Instant bounded(Instant time) {
    Instant earliest = Instant.parse("0001-01-01T00:00:00Z");
    Instant latest = Instant.parse("9999-12-31T00:00:00Z");
    return time.isBefore(earliest) ? earliest : time.isAfter(latest) ? latest : time;
  }
}
