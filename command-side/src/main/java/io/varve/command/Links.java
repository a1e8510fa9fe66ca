package io.varve.command;

import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.access.Caller;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that what a command links to is there, in the tenant that it has to be in. */
public final class Links {

  /** The first event of each stream; a stream of another tenant has none that this role may see. */
  private static final String EXISTING =
      """
      select id, stream from ledger.event where tenant_id = ? and id = any (?) and sequence = 0
      """;

  private final Database database;

  public Links(Database database) {
    this.database = database;
  }

  /** Collects links into the caller's own tenant. */
  public Wanted wanted() {
    return within(Caller.current().tenant());
  }

  /** Collects links into a tenant that the command names, such as a tenant's organization. */
  public Wanted within(UUID tenant) {
    return new Wanted(tenant);
  }

  private record Link(String pointer, String stream, UUID id) {}

  private record Stream(UUID id, String name) {}

  /** Links that are asked for together, in one round trip. */
  public final class Wanted {

    private final UUID tenant;
    private final List<Link> links = new ArrayList<>();

    private Wanted(UUID tenant) {
      this.tenant = tenant;
    }

    /**
     * @param pointer the field that links
     * @param before what it links to already, which is not looked for again
     * @param after null for no link
     */
    public Wanted one(
        String pointer,
        StreamDefinition<?, ?> stream,
        @Nullable StreamId before,
        @Nullable StreamId after) {
      return after == null || after.equals(before) ? this : add(pointer, stream, after.value());
    }

    /**
     * @param pointer the field that links
     * @param before what it links to already, which is not looked for again
     */
    public Wanted all(
        String pointer,
        StreamDefinition<?, ?> stream,
        Collection<? extends StreamId> before,
        Collection<? extends StreamId> after) {
      for (StreamId id : after) {
        if (!before.contains(id)) {
          add(pointer, stream, id.value());
        }
      }
      return this;
    }

    /**
     * @throws io.varve.events.rule.InvalidException if any of them is not there
     */
    public void require() {
      if (links.isEmpty()) {
        return;
      }
      Set<Stream> found = found();
      var rules = new Rules();
      for (Link link : links) {
        rules.hold(
            found.contains(new Stream(link.id(), link.stream())),
            link.pointer(),
            "no-such-" + link.stream(),
            "names no " + link.stream() + ": " + link.id());
      }
      rules.enforce();
    }

    private Wanted add(String pointer, StreamDefinition<?, ?> stream, UUID id) {
      links.add(new Link(pointer, stream.name(), id));
      return this;
    }

    private Set<Stream> found() {
      UUID[] ids = links.stream().map(Link::id).toArray(UUID[]::new);
      return database
          .query(
              Scope.command(tenant),
              EXISTING,
              (statement, first) -> {
                statement.setObject(first, tenant);
                statement.setArray(first + 1, statement.getConnection().createArrayOf("uuid", ids));
              },
              row -> new Stream(row.getObject(1, UUID.class), row.getString(2)))
          .stream()
          .collect(Collectors.toSet());
    }
  }
}
