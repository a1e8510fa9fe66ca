package io.varve.postgres.ledger;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much personal text of a person a tenant's ledger has. */
public final class PersonalTraces {

  private static final String COUNT =
      """
      with asked as (select cast(? as text) as mark)
      select e.stream, e.type, count(*), sum((length(e.said) - length(replace(e.said, a.mark, ''))) / length(a.mark))
        from asked a, (
          select stream, type, payload::text || provenance::text as said
            from ledger.event
           where tenant_id = ? and number > ? and number <= ?) e
       where strpos(e.said, a.mark) > 0
       group by e.stream, e.type
      """;

  private final Database database;

  /**
   * How much there is in the events of one type.
   *
   * @param fields of personal text in them, what they say of changes included
   */
  public record Trace(String stream, String type, long events, long fields) {

    private Trace and(Trace more) {
      return new Trace(stream, type, events + more.events, fields + more.fields);
    }
  }

  public PersonalTraces(Database database) {
    this.database = database;
  }

  /**
   * What there is, by type.
   *
   * @param subject whose; null for everybody's
   */
  public List<Trace> of(UUID tenant, @Nullable UUID subject) {
    String mark = "personal:1:" + (subject == null ? "" : subject + ":");
    Map<String, Trace> found = new TreeMap<>();
    for (NumberRange range : NumberRange.all(database, tenant)) {
      database
          .query(
              Scope.command(tenant),
              COUNT,
              (statement, first) -> {
                statement.setString(first, mark);
                statement.setObject(first + 1, tenant);
                statement.setLong(first + 2, range.after());
                statement.setLong(first + 3, range.to());
              },
              row -> new Trace(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
          .forEach(trace -> found.merge(trace.type(), trace, Trace::and));
    }
    return List.copyOf(found.values());
  }
}
