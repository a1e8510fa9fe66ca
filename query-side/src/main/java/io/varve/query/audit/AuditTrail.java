package io.varve.query.audit;

import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Provenance;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.query.Cursors;
import io.varve.query.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Searches a tenant's ledger itself, so that the trail can be neither late nor wrong. */
public final class AuditTrail {

  public static final Permission PERMISSION = Permission.AUDIT_READ;

  /**
   * The first number whose event is not before a time. Time never goes backwards as numbers rise,
   * so halving the interval finds it by about twenty looks at the primary key, without an index on
   * the time that every append would pay for.
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
            join ledger.event e on e.tenant_id = ? and e.number = (low + high) / 2
           where low < high
        )
      select max(low) from interval
      """;

  private static final String OLDEST_FIRST =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ?
         and number >= ?
         and number < ?
         and (cast(? as uuid) is null or actor_id = ?)
         and (cast(? as text) is null or stream = ?)
         and (cast(? as text) is null or type = ?)
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
         and (cast(? as uuid) is null or actor_id = ?)
         and (cast(? as text) is null or stream = ?)
         and (cast(? as text) is null or type = ?)
       order by number desc
       limit ?
      """;

  /**
   * Of one thing, by the index of its stream: a stream's sequence and its numbers rise together.
   */
  private static final String OF_ONE_OLDEST_FIRST =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ?
         and number >= ?
         and number < ?
         and (cast(? as uuid) is null or actor_id = ?)
         and (cast(? as text) is null or stream = ?)
         and (cast(? as text) is null or type = ?)
         and id = ?
       order by sequence
       limit ?
      """;

  private static final String OF_ONE_NEWEST_FIRST =
      """
      select number, at, stream, id, sequence, event_id, type, revision, payload, provenance
        from ledger.event
       where tenant_id = ?
         and number >= ?
         and number < ?
         and (cast(? as uuid) is null or actor_id = ?)
         and (cast(? as text) is null or stream = ?)
         and (cast(? as text) is null or type = ?)
         and id = ?
       order by sequence desc
       limit ?
      """;

  private final Database database;
  private final Cursors cursors;

  public AuditTrail(Database database, Cursors cursors) {
    this.database = database;
    this.cursors = cursors;
  }

  /**
   * A page of the trail. An event never changes, and a later one has a higher number: paging skips
   * and repeats nothing.
   *
   * @throws io.varve.events.rule.InvalidException if the limit or the cursor is none of this search
   * @throws io.varve.events.access.ForbiddenException if the caller may not read the trail
   */
  public Page<AuditEntry> search(Caller caller, AuditQuery query) {
    caller.require(PERMISSION);
    new Rules().range("/limit", query.limit(), 1, AuditQuery.MAX_LIMIT).enforce();
    UUID tenant = caller.tenant();
    String question = question(query);
    long low = query.from() == null ? 1 : firstNotBefore(tenant, query.from());
    long high = query.to() == null ? Long.MAX_VALUE : firstNotBefore(tenant, query.to());
    if (query.cursor() != null) {
      long last = Long.parseLong(cursors.read(tenant, question, query.cursor(), 1).getFirst());
      low = query.newestFirst() ? low : Math.max(low, last + 1);
      high = query.newestFirst() ? Math.min(high, last) : high;
    }
    List<AuditEntry> found = read(tenant, query, low, high);
    boolean more = found.size() > query.limit();
    List<AuditEntry> shown = more ? found.subList(0, query.limit()) : found;
    String next =
        more
            ? cursors.write(tenant, question, List.of(Long.toString(shown.getLast().number())))
            : null;
    return new Page<>(shown, next);
  }

  private List<AuditEntry> read(UUID tenant, AuditQuery query, long low, long high) {
    return database.query(
        Scope.query(tenant),
        statement(query),
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setLong(first + 1, low);
          statement.setLong(first + 2, high);
          bindTwice(statement, first + 3, query.actor());
          bindTwice(statement, first + 5, query.stream());
          bindTwice(statement, first + 7, query.type());
          int next = first + 9;
          if (query.id() != null) {
            statement.setObject(next++, query.id());
          }
          statement.setInt(next, query.limit() + 1);
        },
        AuditTrail::entry);
  }

  private static String statement(AuditQuery query) {
    if (query.id() == null) {
      return query.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST;
    }
    return query.newestFirst() ? OF_ONE_NEWEST_FIRST : OF_ONE_OLDEST_FIRST;
  }

  private static void bindTwice(PreparedStatement statement, int first, @Nullable UUID value)
      throws SQLException {
    for (int index = first; index < first + 2; index++) {
      if (value == null) {
        statement.setNull(index, Types.OTHER, "uuid");
      } else {
        statement.setObject(index, value);
      }
    }
  }

  private static void bindTwice(PreparedStatement statement, int first, @Nullable String value)
      throws SQLException {
    statement.setString(first, value);
    statement.setString(first + 1, value);
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

  private static String question(AuditQuery query) {
    return "audit %s %s %s %s %s %s %s"
        .formatted(
            query.from(),
            query.to(),
            query.actor(),
            query.id(),
            query.newestFirst(),
            Json.write(query.stream() == null ? "" : query.stream()),
            Json.write(query.type() == null ? "" : query.type()));
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getObject(4, UUID.class),
        row.getLong(5),
        row.getObject(6, UUID.class),
        row.getString(7),
        row.getInt(8),
        Json.read(row.getString(9), JsonNode.class),
        Json.read(row.getString(10), Provenance.class));
  }
}
