package io.varve.postgres.ledger;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads events, always in order and never more than a page at a time. */
public final class LedgerReader {

  static final String STREAM =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at, payload, provenance
        from ledger.event
       where tenant_id = ? and id = ? and sequence >= ?
       order by sequence
       limit ?
      """;

  private static final String BEGINNINGS =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at, payload, provenance
        from ledger.event
       where tenant_id = ? and id = any (?) and sequence < ?
       order by id, sequence
      """;

  /**
   * Positions are dense and appear in order, so what is read here is all there is up to the last
   * row.
   */
  static final String FOLLOWING =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at, payload, provenance
        from ledger.event
       where position > ?
       order by position
       limit ?
      """;

  private static final int PAGE = 500;

  private final Database database;

  public LedgerReader(Database database) {
    this.database = database;
  }

  /**
   * A page of one stream, as far as the tenant of the scope may see it.
   *
   * @param from the first sequence that is wanted
   */
  public List<StoredEvent> stream(Scope scope, UUID tenant, UUID id, long from, int limit) {
    return database.query(
        scope,
        STREAM,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, id);
          statement.setLong(first + 2, from);
          statement.setInt(first + 3, limit);
        },
        StoredEvent::read);
  }

  /**
   * What a stream has come to: all its events, folded.
   *
   * @return nothing if the scope's tenant has no such stream, or it is one of another kind
   */
  public <S extends State> Optional<S> state(
      Scope scope, StreamDefinition<S, ?> stream, UUID tenant, UUID id) {
    S state = null;
    List<StoredEvent> page = List.of();
    for (long from = 0; from == 0 || page.size() == PAGE; from += PAGE) {
      page = stream(scope, tenant, id, from, PAGE);
      for (StoredEvent stored : page) {
        if (!stored.stream().equals(stream.name())) {
          return Optional.empty();
        }
        state = stream.evolve(state, stored.event());
      }
    }
    return Optional.ofNullable(state);
  }

  /**
   * The first events of several streams, in one round trip.
   *
   * @param limit how many events of each stream are read at most
   */
  public List<StoredEvent> beginnings(Scope scope, UUID tenant, Collection<UUID> ids, int limit) {
    return database.query(
        scope,
        BEGINNINGS,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setArray(
              first + 1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
          statement.setInt(first + 2, limit);
        },
        StoredEvent::read);
  }

  /**
   * The events of all tenants after a position, for processors.
   *
   * @param position the last position that is already known; 0 for none
   */
  public List<StoredEvent> following(long position, int limit) {
    return database.query(
        Scope.projector(),
        FOLLOWING,
        (statement, first) -> {
          statement.setLong(first, position);
          statement.setInt(first + 1, limit);
        },
        StoredEvent::read);
  }
}
