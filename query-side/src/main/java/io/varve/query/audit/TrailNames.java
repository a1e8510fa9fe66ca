package io.varve.query.audit;

import io.varve.events.catalog.Streams;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the things of a trail are called now. */
public final class TrailNames {

  /** Of what has no name but is somebody's, that of the user. */
  private static final String OF_ONE_STREAM =
      """
      select '{stream}', d.id,
             coalesce(d.doc ->> 'name', d.doc ->> 'title', d.doc ->> 'matter', d.doc ->> 'purpose',
                      (select u.doc ->> 'name' from read."user" u
                        where u.tenant_id = d.tenant_id and u.id = cast(d.doc ->> 'user' as uuid)))
        from read."{stream}" d
       where d.tenant_id = ? and d.id = any (?)
      """;

  /** The streams' names come from the program. */
  private static final String ALL =
      Streams.all().stream()
          .map(stream -> OF_ONE_STREAM.replace("{stream}", stream.name()))
          .collect(Collectors.joining("union all\n"));

  private static final String ORGANIZATION =
      """
      select organization from read.tenant where tenant_id = ? and id = ?
      """;

  private final Database database;

  /** A thing, by its stream's name and its identifier. */
  public record Thing(String stream, UUID id) {}

  private record Named(Thing thing, @Nullable String name) {}

  public TrailNames(Database database) {
    this.database = database;
  }

  /**
   * The names of those things that a home has, in one round trip; of people as they are sealed.
   * Whoever asks has seen the trail that they are in.
   */
  public Map<Thing, String> find(UUID home, Collection<Thing> things) {
    var names = new HashMap<Thing, String>();
    if (things.isEmpty()) {
      return names;
    }
    Map<String, Object[]> ids =
        things.stream()
            .collect(
                Collectors.groupingBy(
                    Thing::stream,
                    Collectors.collectingAndThen(
                        Collectors.toSet(), some -> some.stream().map(Thing::id).toArray())));
    database
        .query(
            Scope.query(home),
            ALL,
            (statement, first) -> {
              int next = first;
              for (var stream : Streams.all()) {
                Object[] wanted = ids.getOrDefault(stream.name(), new Object[0]);
                statement.setObject(next++, home);
                statement.setArray(next++, statement.getConnection().createArrayOf("uuid", wanted));
              }
            },
            row ->
                new Named(
                    new Thing(row.getString(1), row.getObject(2, UUID.class)), row.getString(3)))
        .forEach(
            named -> {
              if (named.name() != null) {
                names.put(named.thing(), named.name());
              }
            });
    return names;
  }

  /** The organization that governs a tenant; nothing for a home that is no tenant. */
  public Optional<UUID> organization(UUID tenant) {
    return database.queryOne(
        Scope.query(tenant),
        ORGANIZATION,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, tenant);
        },
        row -> row.getObject(1, UUID.class));
  }
}
